import { flagAsNumber, text } from '../../../shared/operations/fields';
import { sortBy } from '../../fields';
import { declareGetAll } from '../../operations';
import { bankAccount, toVirtualAccount } from './fields';

export const getAll = declareGetAll(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many virtual accounts',
		description: 'Retrieve the virtual accounts (VAs) of one bank account',
		main: [bankAccount],
		filters: [
			flagAsNumber('active', 'Whether to return those in use or those that are not'),
			flagAsNumber(
				'official',
				'Whether to return those that the bank has issued or those that stand in the memo of a transfer',
			),
			text(
				'q',
				'Only virtual accounts that SePay finds by this text, such as a number, holder or label',
				{ name: 'search', placeholder: 'e.g. Quan 1' },
			),
			flagAsNumber('static', 'Whether to return those that stay or those made for a single use'),
		],
		options: [sortBy('created_at_sort', 'Date Created', { name: 'createdSort' })],
	},
	'/bank-accounts/{bankAccountId}/va',
	toVirtualAccount,
);
