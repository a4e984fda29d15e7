import { flag, local, required } from '../../../shared/operations/fields';
import { readObject } from '../../../shared/sePay/tokenApi';
import { payable } from '../../fields';
import { declare } from '../../operations';
import { validateOrder } from './checks';
import { bankAccount, orderFields } from './fields';
import { toNewOrder } from './output';

export const create = declare(
	{
		value: 'create',
		action: 'Create an order',
		description:
			'Open a virtual account (VA) that takes the payment for one order. SePay matches the payment by its number. For accounts at BIDV, Sacombank, Vietcombank and VietinBank.',
		main: [
			bankAccount,
			local(
				flag('anyAmount', 'Whether the payer can choose the amount. Only BIDV supports this.', {
					noDataExpression: true,
				}),
			),
			...required(
				payable(
					'amount',
					'Amount to pay, in whole VND, up to 12 digits. Sacombank, Vietcombank and VietinBank accept only this exact amount. BIDV also accepts it in parts.',
					{ displayOptions: { show: { anyAmount: [false] } } },
				),
			),
		],
		additionalFields: orderFields,
	},
	{ method: 'POST', url: '/bank-accounts/{bankAccountId}/orders' },
	async function (request) {
		const body = { ...Object(request.body), with_qrcode: 0 };
		body.with_qrcode = Number('qrcode_template' in body);
		await validateOrder.call(this, body, request.url.replace('/orders', ''));
		return [await readObject.call(this, { ...request, body })];
	},
	toNewOrder,
);
