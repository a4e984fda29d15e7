import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { simplify } from '../../../shared/operations/descriptions';
import type { OutputMapper } from '../../../shared/operations/output';
import { simpleOrder, withoutCardData } from '../../../shared/paymentGateway/orders';

/** An order as Simplify and Include Card Data want it. */
export const toOrder: OutputMapper = Object.assign(
	function (this: IExecutePaginationFunctions, row: IDataObject) {
		const withCards = this.getNodeParameter('options.includeCardData', false);
		const shown = withCards ? row : withoutCardData(row);
		return this.getNodeParameter('simplify', true) ? simpleOrder(shown) : shown;
	},
	{ schema: simpleOrder.schema, parameters: [simplify] },
);
