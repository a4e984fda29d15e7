import { collectionOf, simplify, type Operation } from '../../../shared/descriptions';
import { readOne, withoutEmpty } from '../../exchanges';
import { payableVnd } from '../../parameters';
import { checkOrder } from './checks';
import { bankAccountId, orderFields } from './fields';
import { toNewOrder } from './output';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create an order',
		description:
			'Have the bank open a virtual account (VA) that takes the payment for one order, so that SePay knows by its number what was paid. At BIDV, Sacombank, Vietcombank and VietinBank.',
		routing: {
			request: { method: 'POST', url: '/bank-accounts/{bankAccountId}/orders' },
			operations: {
				pagination: readOne(toNewOrder, async function (request) {
					const { amount, ...body } = withoutEmpty(request.body);
					if (!this.getNodeParameter('anyAmount', false)) {
						body.amount = payableVnd(this, 'Amount', amount ?? '');
					}
					body.with_qrcode = Number('qrcode_template' in body);
					await checkOrder.call(this, body, request.url.replace('/orders', ''));
					request.body = body;
				}),
			},
		},
	},
	properties: [
		bankAccountId,
		{
			displayName: 'Any Amount',
			name: 'anyAmount',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description: 'Whether the payer chooses the amount, which only BIDV takes',
		},
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'number',
			typeOptions: { minValue: 1 },
			required: true,
			displayOptions: { show: { anyAmount: [false] } },
			default: 0,
			placeholder: 'e.g. 500000',
			description:
				'What is to be paid, in whole VND of at most 12 digits. Sacombank, Vietcombank and VietinBank take exactly this amount; BIDV takes it in parts too.',
			routing: { send: { type: 'body', property: 'amount' } },
		},
		simplify,
		collectionOf('Additional Fields', 'additionalFields', 'Add Field', orderFields),
	],
};
