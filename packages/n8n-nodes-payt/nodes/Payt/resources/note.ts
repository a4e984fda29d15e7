import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { fieldSelection, filtersBy } from '../fields';
import { getAll } from '../operations';

export const note = resourceProperties('note', [
	getAll(
		{
			one: 'a note',
			path: '/v1/notes',
			fields:
				fieldSelection(`administration_id credit_case_id debtor_id from_email_address id invoice_id
				content user created_at completed_at updated_at`),
		},
		'Retrieve the internal notes about debtors, invoices and credit cases',
		filtersBy('notes about', 'debtor_ids', 'invoice_ids', 'credit_case_ids'),
	),
]);
