import { dayDescription } from '../../../shared/operations/descriptions';
import { flagAsNumber, range, search, showFor, text } from '../../../shared/operations/fields';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { amountRange, fromDay, sortBy, toDay } from '../../fields';
import { declareGetAll } from '../../operations';
import { toBankAccount } from './fields';

const withLast = 'accounts with a last transaction';

export const getAll = declareGetAll(
	{
		action: 'Get many bank accounts',
		description:
			'Retrieve the bank accounts connected to SePay, with number, holder, bank and balance in VND',
		filters: showFor(whenAuthenticatedBy('apiToken'), [
			flagAsNumber('active', 'Whether to return active accounts or inactive ones'),
			text('bank_short_name', 'Return only accounts at the bank with this short name', {
				name: 'bank',
				placeholder: 'e.g. Vietcombank',
			}),
			...amountRange('accumulated', 'Balance', 'accounts with a balance'),
			...range(
				fromDay('last_transaction_from', dayDescription('on or after', withLast)),
				toDay('last_transaction_to', dayDescription('on or before', withLast)),
			),
			search(
				'Return only accounts that match this text, for example in their number or holder name',
				'e.g. NGUYEN VAN A',
			),
		]),
		options: showFor(whenAuthenticatedBy('apiToken'), [
			sortBy('accumulated_sort', 'Balance', { name: 'balanceSort' }),
			sortBy('created_at_sort', 'Date Created', { name: 'createdSort' }),
			sortBy('last_transaction_sort', 'Last Transaction'),
		]),
	},
	'/bank-accounts',
	toBankAccount,
);
