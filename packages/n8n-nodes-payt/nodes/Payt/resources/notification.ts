import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { fieldSelection, filtersBy, recordId } from '../fields';
import { get, getAll, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a notification',
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
	getAll(
		resource,
		'Retrieve notifications of Payt, for example about bounced emails',
		filtersBy('notifications about', 'debtor_ids', 'invoice_ids', 'credit_case_ids'),
	),
]);
