import { NodeApiError, type IDataObject, type IExecutePaginationFunctions } from 'n8n-workflow';
import {
	always,
	asInteger,
	asText,
	from,
	outputOf,
	type OutputTable,
} from '../../../shared/operations/output';
import { parameterError } from '../../../shared/operations/parameterError';
import { callPaymentGateway } from '../../../shared/paymentGateway/api';
import { isObject, textOrNull } from '../../../shared/values';
import { Recent } from '../../recent';
import { chosenOrder } from './orders';

/** A call that ends an order and cannot be undone. */
export interface Ending {
	path: string;
	/** What the order then is, as the output says. */
	done: string;
	/** Which orders it is for, in words that follow "Order must be". */
	wanted: string;
	/** The rules of SePay, for what SePay refuses itself. */
	rules: string;
	/** Why an order is not such a one, and what to do; undefined when it may be. */
	rejectionReason(status: string, transactions: IDataObject[]): string | undefined;
}

/** Calls that were sent and that SePay has not refused, by path and order ID. */
const sent = new Recent<true>();

/**
 * Ends the order that the parameter Order names, if it still can be: the order is read first. Nothing
 * is sent twice, neither by items of the same order nor when n8n runs a node again whose call had no
 * answer.
 *
 * @throws NodeOperationError when the order cannot be ended
 * @throws NodeApiError with SePay's reason
 */
export async function endOnce(
	this: IExecutePaginationFunctions,
	{ path, wanted, rules, rejectionReason }: Ending,
): Promise<IDataObject> {
	const order = await chosenOrder.call(this);
	const { order_id, order_status: status, transactions } = order;
	const invoiceNumber = String(order.order_invoice_number);
	const call = `${path} ${String(order_id)}`;
	const list = Array.isArray(transactions) ? transactions.filter(isObject) : [];
	const why = rejectionReason(String(status), list);
	if (why)
		throw parameterError(this, 'Order', wanted, `${invoiceNumber} is ${String(status)}. ${why}`);
	if (sent.get(call)) {
		const hint = `The request for ${invoiceNumber} was sent within the last hour, and SePay has not confirmed it. Check the order with Get before you try again.`;
		throw parameterError(this, 'Order', 'one without a pending request', hint);
	}
	sent.set(call, true);
	const body = { order_invoice_number: invoiceNumber };
	const { message } = await callPaymentGateway
		.call(this, { method: 'POST', url: path, body })
		.catch((error: Error) => {
			const isCallError = error instanceof NodeApiError;
			const isRefused = isCallError && /^(200|4\d\d)$/.test(String(error.httpCode));
			if (isRefused) error.description = `${rules} ${error.description ?? ''}`.trim();
			// What is no error of a call was thrown before it was sent.
			if (isRefused || !isCallError) sent.delete(call);
			throw error;
		});
	return { ...order, message: textOrNull(message) };
}

/** What is put out of an order that was ended. */
export const toEnded = ({ done }: Ending): OutputTable =>
	outputOf({
		orderId: from('order_id', asText),
		invoiceNumber: from('order_invoice_number', asText),
		amount: from('order_amount', asInteger),
		[done]: always(true),
		message: from('message', asText),
	});
