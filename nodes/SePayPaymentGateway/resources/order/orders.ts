import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { parameterError } from '../../../shared/operations/parameterError';
import { readOrder } from '../../../shared/paymentGateway/api';
import { orderIdFrom } from '../../fields';

/** The order that the parameter names, with its transactions. @throws NodeOperationError when there is none */
export async function chosenOrder(this: IExecutePaginationFunctions): Promise<IDataObject> {
	const value = this.getNodeParameter('orderId', '', { extractValue: true });
	const id = orderIdFrom(this, 'Order', value);
	const order = await readOrder.call(this, id);
	if (order) return order;
	const hint = `SePay has no order "${id}". Check the number, and Environment in the credential. SePay creates an order when the buyer opens its checkout page.`;
	throw parameterError(this, 'Order', 'an order of this merchant', hint);
}
