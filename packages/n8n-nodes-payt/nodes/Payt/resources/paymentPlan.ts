import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import {
	email,
	idList,
	objectList,
	required,
	textList,
} from '../../../../../nodes/shared/operations/fields';
import {
	administration,
	amountAsNumber,
	date,
	fieldSelection,
	identifiedBy,
	recordId,
} from '../fields';
import {
	get,
	getAll,
	getAllDeleted,
	IDS,
	UPDATED_AFTER,
	write,
	type ResourceInfo,
} from '../operations';

const resource: ResourceInfo = {
	one: 'a payment plan',
	many: 'payment plans',
	path: '/v1/payment_plans',
	fields: fieldSelection(
		`payment_terms active auto_activated reason rejected_by_user administration_id debtor_id id
		approved_at created_at deactivated_at updated_at proposed_at rejected_at`,
		'public_url',
	),
};

const decide = (name: string, value: string, action: string, description: string) =>
	write({
		name,
		value,
		action,
		description,
		method: 'PATCH',
		path: `${resource.path}/{paymentPlanId}/${value}`,
		main: [administration],
		inPath: [recordId('paymentPlanId')],
		options: [resource.fields!],
		form: 'form',
	});

export const paymentPlan = resourceProperties('paymentPlan', [
	decide(
		'Approve',
		'approve',
		'Approve a payment plan',
		'Approve a plan that a debtor has proposed. The debtor may then pay by its terms.',
	),
	write({
		name: 'Create',
		value: 'create',
		action: 'Create a payment plan',
		description:
			'Agree with a debtor that invoices or credit cases are paid in terms. The plan is approved at once and the debtor may be told.',
		path: resource.path,
		main: [
			administration,
			...identifiedBy(
				'Covers',
				'covers',
				['invoice_numbers', 'invoice_identifiers', 'credit_case_numbers'],
				textList,
			),
			...required(
				objectList(
					'terms',
					'What is to be paid when.',
					required(amountAsNumber('amount'), date('due_date')),
				),
			),
		],
		additionalFields: [email('cc_email_address', 'Who gets a copy of the plan')],
	}),
	decide(
		'Deactivate',
		'deactivate',
		'Deactivate a payment plan',
		'Stop an active plan. Reminders and collection of what it covers may go on.',
	),
	get(
		resource,
		recordId('paymentPlanId'),
		'Retrieve one payment plan with its terms and what is still due',
	),
	getAll(
		resource,
		'Retrieve payment plans with their terms, such as those that wait for approval',
		[
			IDS,
			idList('debtor_numbers', 'Only those of the debtors with these numbers'),
			idList(
				'debtor_identifiers',
				'Only those of these debtors, by their IDs in your accounting package',
			),
			UPDATED_AFTER,
		],
	),
	getAllDeleted(resource),
	decide(
		'Reject',
		'reject',
		'Reject a payment plan',
		'Refuse a plan that a debtor has proposed. The debtor may be told.',
	),
]);
