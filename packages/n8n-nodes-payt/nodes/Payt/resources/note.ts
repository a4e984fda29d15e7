import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { idList } from '../../../../../nodes/shared/operations/fields';
import { fieldSelection } from '../fields';
import { getAll } from '../operations';

export const note = resourceProperties('note', [
	getAll(
		{
			one: 'a note',
			many: 'notes',
			path: '/v1/notes',
			fields:
				fieldSelection(`administration_id credit_case_id debtor_id from_email_address id invoice_id
				content user created_at completed_at updated_at`),
		},
		'Retrieve the internal notes about debtors, invoices and credit cases',
		[
			idList('debtor_ids', 'Return only notes about the debtors with these Payt IDs'),
			idList('invoice_ids', 'Return only notes about the invoices with these Payt IDs'),
			idList('credit_case_ids', 'Return only notes about the credit cases with these Payt IDs'),
		],
	),
]);
