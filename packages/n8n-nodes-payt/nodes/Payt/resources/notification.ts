import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { idList } from '../../../../../nodes/shared/operations/fields';
import { fieldSelection, recordId } from '../fields';
import { get, getAll, type ResourceInfo } from '../operations';

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
		'Retrieve one notification, for example about a bounced email',
	),
	getAll(resource, 'Retrieve notifications of Payt, for example about bounced emails', [
		idList('debtor_ids', 'Return only notifications about the debtors with these Payt IDs'),
		idList('invoice_ids', 'Return only notifications about the invoices with these Payt IDs'),
		idList(
			'credit_case_ids',
			'Return only notifications about the credit cases with these Payt IDs',
		),
	]),
]);
