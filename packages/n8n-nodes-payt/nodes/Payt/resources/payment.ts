import { resourceProperties } from '../../../../../nodes/shared/descriptions';
import { ids } from '../../../../../nodes/shared/fields';
import { sparse } from '../fields';
import { getAll, getAllDeleted, IDS, UPDATED_AFTER, type Kind } from '../operations';

const kind: Kind = {
	one: 'a payment',
	many: 'payments',
	path: '/v1/payments',
	fields: sparse(
		`administration_id id cost_type description reason reversal_code transaction_type invoice_id
		payment_method updated_at total_amount total_book_amount payment_date`,
		'psp_transaction bank_transaction',
	),
};

export const payment = resourceProperties('payment', [
	getAll(
		kind,
		'Retrieve the payments on invoices. To book a payment, use Invoice: Create or Update with all payments of the invoice.',
		[
			IDS,
			ids(
				'invoice_identifiers',
				'Only those on these invoices, by their IDs in your accounting package',
			),
			ids('invoice_numbers', 'Only those on the invoices with these numbers'),
			ids('credit_case_ids', 'Only those in the credit cases with these IDs of Payt'),
			ids('credit_case_numbers', 'Only those in the credit cases with these numbers'),
			UPDATED_AFTER,
		],
	),
	getAllDeleted(kind),
]);
