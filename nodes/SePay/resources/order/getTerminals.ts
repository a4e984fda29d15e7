import { text } from '../../../shared/operations/fields';
import { identity } from '../../../shared/operations/operations';
import { declareGetAll } from '../../operations';
import { bankAccount } from './fields';

export const getTerminals = declareGetAll(
	{
		name: 'Get Terminals',
		value: 'getTerminals',
		action: 'Get the terminals of a bank account',
		description: 'Retrieve where orders can be taken; Vietcombank alone has terminals',
		main: [bankAccount],
		filters: [
			text('q', 'Only terminals with this in ID or name', {
				name: 'search',
				placeholder: 'e.g. VCB00001',
			}),
		],
	},
	'/bank-accounts/{bankAccountId}/terminals',
	identity,
);
