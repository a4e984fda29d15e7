import { simplify, type Operation } from '../../../shared/operations/descriptions';
import { parseId } from '../../../shared/operations/parameterParsers';
import { readOne } from '../../operations';
import { toTransaction } from './output';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a transaction',
		description: 'Retrieve one bank transfer by its ID',
		routing: {
			request: { method: 'GET', url: '/v1/transaction' },
			operations: {
				pagination: readOne(toTransaction, function (request) {
					const given = this.getNodeParameter('transactionId', '');
					// SePay shows a UUID and does not promise that they all are.
					const wanted = 'an ID such as 3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b';
					const id = parseId(this, 'Transaction ID', given, /^[\w-]{1,64}$/, wanted);
					request.url += `/${id}`;
				}),
			},
		},
	},
	properties: [
		{
			displayName: 'Transaction ID',
			name: 'transactionId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b',
			description: 'The ID that SePay gave the transaction, the same as when it tells of it',
		},
		simplify,
	],
};
