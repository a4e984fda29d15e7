import { dayDescription, simplify } from '../../../shared/operations/descriptions';
import { flagAsNumber, option, range, text, vietnamDate } from '../../../shared/operations/fields';
import { bankAccount, company } from '../../fields';
import { declareGetAll } from '../../operations';
import { toTransaction } from './output';

export const getAll = declareGetAll(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many transactions',
		description:
			'Retrieve bank transfers of your customers, the newest first, by date, company, bank account, direction or text',
		output: [simplify],
		filters: [
			text('brand_name', 'Only transactions at the bank with this name', {
				name: 'bank',
				placeholder: 'e.g. MBBank',
			}),
			bankAccount('bank_account_xid', 'Only transactions of this bank account'),
			company('company_xid', 'Only transactions of this company'),
			vietnamDate('transaction_date', dayDescription('of'), { name: 'date' }),
			flagAsNumber(
				'webhook_success',
				'Whether to return transactions that SePay has told you of by IPN or those that it has not',
				{ name: 'delivered' },
			),
			...range(
				vietnamDate('start_transaction_date', dayDescription('from'), { name: 'startDate' }),
				vietnamDate('end_transaction_date', dayDescription('until'), { name: 'endDate' }),
			),
			text('q', 'Only transactions with this in their text, payment code or account number', {
				name: 'search',
				placeholder: 'e.g. DH1042',
			}),
			option('transfer_type', [], 'Only transactions in this direction', {
				options: [
					{ name: 'Money In', value: 'in' },
					{ name: 'Money Out', value: 'out' },
				],
				default: 'in',
			}),
		],
	},
	'/v1/transaction',
	toTransaction,
);
