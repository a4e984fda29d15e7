import type { IDataObject } from 'n8n-workflow';
import { parameterError, type ItemContext } from '../shared/operations/parameterError';
import { parseCode } from './parameters';

/**
 * The ID of the payment that an item is: a transaction as the SePay nodes simplify it, or as SePay
 * delivers it; undefined when it is none. Test sends have the ID 0.
 */
function paymentIdIn(json: IDataObject): unknown {
	const isSimplified = 'direction' in json && 'amount' in json && 'accountNumber' in json;
	const isDelivered = 'transferType' in json && 'transferAmount' in json;
	if (!isSimplified && !isDelivered) return undefined;
	const isMoneyIn = [json.direction, json.transferType].includes('in');
	return isMoneyIn && String(json.id) !== '0' ? json.id : undefined;
}

/**
 * The reference code of the invoice for a sale: the one that is given, else one made from the payment
 * that the input item is, so that whatever runs for the payment again finds the same invoice.
 *
 * @throws NodeOperationError when it is no code, or none is given and the item is no payment
 */
export function referenceFor(context: ItemContext, given: unknown, json: IDataObject): string {
	if (given) return parseCode(context, 'Reference Code', given);
	const id = paymentIdIn(json);
	if (id !== undefined && id !== null) return `SEPAY-${String(id)}`;
	const hint =
		'The input item is not an incoming payment from a SePay trigger. Enter a code that belongs to this sale only, for example SEPAY- and the ID of its payment.';
	throw parameterError(context, 'Reference Code', 'filled in', hint);
}
