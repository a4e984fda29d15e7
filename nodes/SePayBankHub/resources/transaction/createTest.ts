import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { bankHub, isProduction, readObject } from '../../../shared/bankHub/api';
import { simplify, type Operation } from '../../../shared/operations/descriptions';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseVnd } from '../../../shared/operations/parameterParsers';
import { operation, readBack } from '../../operations';
import { bankAccount, parseText, parseXid } from '../../parameters';
import { toTransaction } from './output';

export const createTest: Operation = {
	option: {
		name: 'Create Test Transaction',
		value: 'createTest',
		action: 'Create a test transaction',
		description:
			'Have the sandbox of SePay make up a bank transfer, which is told by IPN like a real one. Not on Production.',
		routing: {
			request: { method: 'POST', url: '/v1/transaction/create' },
			operations: {
				pagination: operation(async function (request) {
					const { name, credentialType, permissionHint } = bankHub;
					if (isProduction(await this.getCredentials(credentialType))) {
						const message = `${name} makes no test transactions on Production`;
						throw new NodeOperationError(this.getNode(), message, {
							description: permissionHint('POST', request.url, ''),
							itemIndex: this.getItemIndex(),
						});
					}
					const body = request.body as IDataObject;
					body.bank_account_xid = parseXid(this, 'Bank Account', body.bank_account_xid);
					body.amount = parseVnd(this, 'Amount', body.amount);
					if (body.amount === 0) throw parameterError(this, 'Amount', 'above zero', 'It is 0.');
					body.transaction_content = parseText(this, 'Content', body.transaction_content);

					const created = await readObject.call(this, request);
					const url = `/v1/transaction/${String(created.transaction_id)}`;
					return await readBack.call(this, url, { ...body, ...created }, toTransaction);
				}),
			},
		},
	},
	properties: [
		{
			...bankAccount('The linked bank account that the transfer is to be of'),
			required: true,
			routing: { send: { type: 'body', property: 'bank_account_xid' } },
		},
		{
			displayName: 'Transfer Type',
			name: 'transferType',
			type: 'options',
			options: [
				{ name: 'Money In', value: 'credit' },
				{ name: 'Money Out', value: 'debit' },
			],
			default: 'credit',
			description: 'Whether the account receives the money or sends it',
			routing: { send: { type: 'body', property: 'transfer_type' } },
		},
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'number',
			typeOptions: { minValue: 1 },
			required: true,
			default: 100000,
			placeholder: 'e.g. 500000',
			description: 'In whole VND, above zero',
			routing: { send: { type: 'body', property: 'amount' } },
		},
		{
			displayName: 'Content',
			name: 'content',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. DH1042 thanh toan',
			description: 'The text of the transfer',
			routing: { send: { type: 'body', property: 'transaction_content' } },
		},
		simplify,
	],
};
