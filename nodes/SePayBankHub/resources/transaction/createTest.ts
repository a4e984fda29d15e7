import { NodeOperationError } from 'n8n-workflow';
import { bankHub, isProduction, readObject } from '../../../shared/bankHub/api';
import { fieldType, option, required, text } from '../../../shared/operations/fields';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseVnd } from '../../../shared/operations/parameterParsers';
import { fieldsOf } from '../../../shared/values';
import { bankAccount } from '../../fields';
import { declareMapped, readBack } from '../../operations';
import { toTransaction } from './output';

const amount = fieldType('number', (context, displayName, value) => {
	const vnd = parseVnd(context, displayName, value);
	if (vnd > 0) return vnd;
	throw parameterError(context, displayName, 'above zero', 'It is 0.');
})('amount', 'In whole VND, above zero', {
	typeOptions: { minValue: 1 },
	default: 100000,
	placeholder: 'e.g. 500000',
});

export const createTest = declareMapped(
	{
		name: 'Create Test Transaction',
		value: 'createTest',
		action: 'Create a test transaction',
		description:
			'Create a simulated bank transfer in the SePay sandbox. SePay reports it by IPN like a real one. Not available on Production.',
		main: [
			...required(bankAccount('bank_account_xid', 'The linked bank account of the transfer')),
			option('transfer_type', [], 'Whether the account receives or sends the money', {
				options: [
					{ name: 'Money In', value: 'credit' },
					{ name: 'Money Out', value: 'debit' },
				],
				default: 'credit',
			}),
			...required(
				amount,
				text('transaction_content', 'The memo of the transfer', {
					name: 'content',
					placeholder: 'e.g. DH1042 thanh toan',
				}),
			),
		],
	},
	{ method: 'POST', url: '/v1/transaction/create' },
	async function (request) {
		const { name, credentialType, permissionHint } = bankHub;
		if (isProduction(await this.getCredentials(credentialType))) {
			const message = `${name} creates no test transactions on Production`;
			throw new NodeOperationError(this.getNode(), message, {
				description: permissionHint?.('POST', request.url, ''),
				itemIndex: this.getItemIndex(),
			});
		}
		const created = await readObject.call(this, request);
		const url = `/v1/transaction/${String(created.transaction_id)}`;
		const known = { ...fieldsOf(request.body), ...created };
		return await readBack.call(this, url, known, toTransaction);
	},
	toTransaction,
);
