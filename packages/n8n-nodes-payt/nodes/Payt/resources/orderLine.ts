import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { idList, option } from '../../../../../nodes/shared/operations/fields';
import { dateTime, fieldSelection, filtersBy } from '../fields';
import { getAll } from '../operations';

export const orderLine = resourceProperties('orderLine', [
	getAll(
		{
			one: 'an order line',
			path: '/v1/order_lines',
			fields: fieldSelection(
				`claim claim_status claim_response_codes administration_id id order_line_identifier
				invoice_identifier credit_invoice_identifier amount credited_amount
				credited_reimbursed_amount rejected_amount reimbursed_amount created_at updated_at`,
				'deeplink_url customer product_identifier',
			),
		},
		'Retrieve order lines with their claimed, credited and reimbursed amounts',
		[
			option('claim_status', [
				'action_required',
				'auto_resubmit',
				'draft',
				'failed',
				'processed',
				'submitted',
			]),
			dateTime('created_after', 'Return only order lines created after this time'),
			dateTime('created_before', 'Return only order lines created before this time'),
			...filtersBy('order lines of', 'invoice_identifiers'),
			idList('order_line_identifiers', 'Return only order lines with these identifiers'),
		],
	),
]);
