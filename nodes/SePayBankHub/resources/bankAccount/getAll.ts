import { search, text } from '../../../shared/operations/fields';
import { company } from '../../fields';
import { declareGetAll } from '../../operations';
import { toListedBankAccount } from './output';

export const getAll = declareGetAll(
	{
		action: 'Get many bank accounts',
		description: 'Retrieve the linked bank accounts, all or by company or bank',
		filters: [
			text('bank_id', 'Return only accounts at the bank with this SePay code', {
				name: 'bankCode',
				placeholder: 'e.g. MB',
			}),
			company('company_xid', 'Return only accounts of this company'),
			search(
				'Return only accounts that match this text, for example in their number or holder name',
				'e.g. NGUYEN VAN A',
			),
		],
	},
	'/v1/bank-account',
	toListedBankAccount,
);
