import { simplify } from '../../../shared/operations/descriptions';
import { text } from '../../../shared/operations/fields';
import { company } from '../../fields';
import { declareGetAll } from '../../operations';
import { toListedBankAccount } from './output';

export const getAll = declareGetAll(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many bank accounts',
		description: 'Retrieve the linked bank accounts, all or those of one company or bank',
		output: [simplify],
		filters: [
			text('bank_id', 'Only accounts at the bank with this code of SePay', {
				name: 'bankCode',
				placeholder: 'e.g. MB',
			}),
			company('company_xid', 'Only accounts of this company'),
			text('q', 'Only accounts that SePay finds by this text, such as a number or a holder', {
				name: 'search',
				placeholder: 'e.g. NGUYEN VAN A',
			}),
		],
	},
	'/v1/bank-account',
	toListedBankAccount,
);
