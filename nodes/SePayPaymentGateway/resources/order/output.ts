import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import type { OutputMapper } from '../../../shared/operations/operations';
import { simpleOrder, withoutCardData } from '../../../shared/paymentGateway/orders';

/** An order as Simplify and Include Card Data want it. */
export const toOrder: OutputMapper = function (
	this: IExecutePaginationFunctions,
	row: IDataObject,
) {
	const shown = this.getNodeParameter('options.includeCardData', false)
		? row
		: withoutCardData(row);
	return this.getNodeParameter('simplify', true) ? simpleOrder(shown) : shown;
};
