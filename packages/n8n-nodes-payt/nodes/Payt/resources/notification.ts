import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { idList } from '../../../../../nodes/shared/operations/fields';
import { fieldSelection, recordId } from '../fields';
import { get, getAll, IDS, UPDATED_AFTER, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a notification',
	many: 'notifications',
	path: '/v1/notifications',
	fields:
		fieldSelection(`notification_type resource_type acknowledged_by_user details credit_case_id
		debtor_id administration_id id invoice_id created_at acknowledged_at updated_at`),
};

export const notification = resourceProperties('notification', [
	get(
		resource,
		recordId('notificationId'),
		'Retrieve one notification, such as of mail that bounced',
	),
	getAll(resource, 'Retrieve what Payt draws attention to, such as mail that bounced', [
		IDS,
		idList('debtor_ids', 'Only those about the debtors with these IDs of Payt'),
		idList('invoice_ids', 'Only those about the invoices with these IDs of Payt'),
		idList('credit_case_ids', 'Only those about the credit cases with these IDs of Payt'),
		UPDATED_AFTER,
	]),
]);
