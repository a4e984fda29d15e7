import { search } from '../../../shared/operations/fields';
import { identity } from '../../../shared/operations/operations';
import { declareGetAll } from '../../operations';
import { bankAccount } from './fields';

export const getTerminals = declareGetAll(
	{
		value: 'getTerminals',
		action: 'Get the terminals of a bank account',
		description: 'List the terminals that can take orders (Vietcombank)',
		main: [bankAccount],
		filters: [search('Return only terminals with this text in their ID or name', 'e.g. VCB00001')],
	},
	'/bank-accounts/{bankAccountId}/terminals',
	identity,
);
