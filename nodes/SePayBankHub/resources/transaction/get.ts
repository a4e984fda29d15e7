import { matching } from '../../../shared/operations/fields';
import { UUID_EXAMPLE } from '../../../shared/operations/locators';
import { inPath } from '../../fields';
import { declareGet } from '../../operations';
import { toTransaction } from './output';

// SePay shows a UUID and does not promise that they all are.
const transactionId = matching(/^[\w-]{1,64}$/, `an ID like ${UUID_EXAMPLE}`)(
	'transactionId',
	'The ID that SePay gave the transaction, as in its notifications',
	{ displayName: 'Transaction ID', placeholder: `e.g. ${UUID_EXAMPLE}` },
);

export const get = declareGet(
	{
		action: 'Get a transaction',
		description: 'Retrieve one transaction by its ID',
		main: inPath(transactionId),
	},
	'/v1/transaction/{transactionId}',
	toTransaction,
);
