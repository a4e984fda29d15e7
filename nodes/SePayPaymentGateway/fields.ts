import type { Field } from '../shared/operations/fields';
import { locator } from '../shared/operations/locators';
import type { ItemContext } from '../shared/operations/parameterError';
import { parseId } from '../shared/operations/parameterParsers';

/** The order ID or invoice number in a value. @throws NodeOperationError when it is empty */
export const orderIdFrom = (context: ItemContext, displayName: string, value: unknown): string =>
	parseId(context, displayName, value, /^(?!\[object ).+$/, 'an order ID or invoice number');

/** An order: chosen from the list, or by order ID or invoice number. */
export const order: Field = {
	parameter: {
		...locator('Order', 'orderId', 'getOrders', 'The order, by its order ID or invoice number', {
			placeholder: 'e.g. SEPAY-68BA83CE637C1 or DH1042',
			regex: '\\s*\\S[^]*',
			errorMessage: 'Enter an order ID or an invoice number',
		}),
		required: true,
	},
	sendAs: [],
	parse: orderIdFrom,
};
