import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { fieldSelection, filtersBy } from '../fields';
import { getAll, getAllDeleted, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a payment',
	path: '/v1/payments',
	fields: fieldSelection(
		`administration_id id cost_type description reason reversal_code transaction_type invoice_id
		payment_method updated_at total_amount total_book_amount payment_date`,
		'psp_transaction bank_transaction',
	),
};

export const payment = resourceProperties('payment', [
	getAll(
		resource,
		'Retrieve the payments on invoices. To record a payment, use Invoice: Create or Update with all payments of the invoice.',
		[
			...filtersBy('payments on', 'invoice_identifiers', 'invoice_numbers'),
			...filtersBy('payments in', 'credit_case_ids', 'credit_case_numbers'),
		],
	),
	getAllDeleted(resource),
]);
