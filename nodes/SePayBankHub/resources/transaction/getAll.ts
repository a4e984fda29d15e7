import { dayDescription } from '../../../shared/operations/descriptions';
import { flagAsNumber, range, search, text, vietnamDate } from '../../../shared/operations/fields';
import { transferType } from '../../../shared/sePay/paymentFilters';
import { bankAccount, company } from '../../fields';
import { declareGetAll } from '../../operations';
import { toTransaction } from './output';

export const getAll = declareGetAll(
	{
		action: 'Get many transactions',
		description:
			"Retrieve your customers' transactions by date, company, bank account, direction or text, newest first",
		filters: [
			text('brand_name', 'Return only transactions at the bank with this name', {
				name: 'bank',
				placeholder: 'e.g. MBBank',
			}),
			bankAccount('bank_account_xid', 'Return only transactions of this bank account'),
			company('company_xid', 'Return only transactions of this company'),
			vietnamDate('transaction_date', dayDescription('on'), { name: 'date' }),
			flagAsNumber('webhook_success', 'Whether the transfer was delivered by IPN', {
				name: 'delivered',
			}),
			...range(
				vietnamDate('start_transaction_date', dayDescription('on or after'), {
					name: 'startDate',
					displayName: 'From Date',
				}),
				vietnamDate('end_transaction_date', dayDescription('on or before'), {
					name: 'endDate',
					displayName: 'To Date',
				}),
			),
			search(
				'Return only transactions with this text in their memo, payment code or account number',
				'e.g. DH1042',
			),
			transferType('Return only transactions in this direction'),
		],
	},
	'/v1/transaction',
	toTransaction,
);
