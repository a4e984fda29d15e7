import { flagAsNumber, search } from '../../../shared/operations/fields';
import { sortBy } from '../../fields';
import { declareGetAll } from '../../operations';
import { bankAccount, toVirtualAccount } from './fields';

export const getAll = declareGetAll(
	{
		action: 'Get many virtual accounts',
		description: 'Retrieve the virtual accounts (VAs) of one bank account',
		main: [bankAccount],
		filters: [
			flagAsNumber('active', 'Whether to return active virtual accounts or inactive ones'),
			flagAsNumber(
				'official',
				'Whether to return virtual accounts issued by the bank or those identified by the memo',
			),
			search(
				'Return only virtual accounts that match this text, for example in their number, holder name or label',
				'e.g. Quan 1',
			),
			flagAsNumber('static', 'Whether to return permanent virtual accounts or single-use ones'),
		],
		options: [sortBy('created_at_sort', 'Date Created', { name: 'createdSort' })],
	},
	'/bank-accounts/{bankAccountId}/va',
	toVirtualAccount,
);
