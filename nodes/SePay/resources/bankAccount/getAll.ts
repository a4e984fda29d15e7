import { dayDescription } from '../../../shared/operations/descriptions';
import { flagAsNumber, range, showFor, text, vnd } from '../../../shared/operations/fields';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { fromDay, sortBy, toDay } from '../../fields';
import { declareGetAll } from '../../operations';
import { toBankAccount } from './fields';

const withLast = 'accounts with a last transaction';

export const getAll = declareGetAll(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many bank accounts',
		description:
			'Retrieve the bank accounts that SePay watches, with number, holder, bank and balance in VND',
		filters: showFor(whenAuthenticatedBy('apiToken'), [
			flagAsNumber('active', 'Whether to return accounts in use or those that are not'),
			text('bank_short_name', 'Only accounts at the bank with this short name', {
				name: 'bank',
				placeholder: 'e.g. Vietcombank',
			}),
			...range(
				vnd('accumulated_min', 'Only accounts that hold at least this amount, in whole VND', {
					name: 'minBalance',
					displayName: 'Smallest Balance',
				}),
				vnd('accumulated_max', 'Only accounts that hold at most this amount, in whole VND', {
					name: 'maxBalance',
					displayName: 'Largest Balance',
				}),
			),
			...range(
				fromDay('last_transaction_from', dayDescription('on or after', withLast)),
				toDay('last_transaction_to', dayDescription('on or before', withLast)),
			),
			text('q', 'Only accounts that SePay finds by this text, such as a number or a holder', {
				name: 'search',
				placeholder: 'e.g. NGUYEN VAN A',
			}),
		]),
		options: showFor(whenAuthenticatedBy('apiToken'), [
			sortBy('accumulated_sort', 'Balance', { name: 'balanceSort' }),
			sortBy('created_at_sort', 'Date Created', { name: 'createdSort' }),
			sortBy('last_transaction_sort', 'Last Transaction', { name: 'lastTransactionSort' }),
		]),
	},
	'/bank-accounts',
	toBankAccount,
);
