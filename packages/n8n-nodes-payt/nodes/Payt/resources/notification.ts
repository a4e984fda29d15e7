import { resourceProperties } from '../../../../../nodes/shared/descriptions';
import { ids } from '../../../../../nodes/shared/fields';
import { id, sparse } from '../fields';
import { get, getAll, IDS, UPDATED_AFTER, type Kind } from '../operations';

const kind: Kind = {
	one: 'a notification',
	many: 'notifications',
	path: '/v1/notifications',
	fields: sparse(`notification_type resource_type acknowledged_by_user details credit_case_id
		debtor_id administration_id id invoice_id created_at acknowledged_at updated_at`),
};

export const notification = resourceProperties('notification', [
	get(kind, id('notificationId'), 'Retrieve one notification, such as of mail that bounced'),
	getAll(kind, 'Retrieve what Payt draws attention to, such as mail that bounced', [
		IDS,
		ids('debtor_ids', 'Only those about the debtors with these IDs of Payt'),
		ids('invoice_ids', 'Only those about the invoices with these IDs of Payt'),
		ids('credit_case_ids', 'Only those about the credit cases with these IDs of Payt'),
		UPDATED_AFTER,
	]),
]);
