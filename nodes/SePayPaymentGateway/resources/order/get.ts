import { includeCardData } from '../../../shared/paymentGateway/orders';
import { order } from '../../fields';
import { declare } from '../../operations';
import { chosenOrder } from './orders';
import { toOrder } from './output';

export const get = declare(
	{
		value: 'get',
		action: 'Get an order',
		description:
			'Retrieve one order with its transactions, including whether, when and how it was paid',
		main: [order],
		options: [includeCardData],
	},
	{ method: 'GET', url: '/v1/order/detail' },
	async function () {
		return [await chosenOrder.call(this)];
	},
	toOrder,
);
