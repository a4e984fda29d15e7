import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import {
	email,
	objectList,
	required,
	textList,
} from '../../../../../nodes/shared/operations/fields';
import { amountAsNumber, date, fieldSelection, filtersBy, identifiedBy, recordId } from '../fields';
import { get, getAll, getAllDeleted, write, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a payment plan',
	path: '/v1/payment_plans',
	fields: fieldSelection(
		`payment_terms active auto_activated reason rejected_by_user administration_id debtor_id id
		approved_at created_at deactivated_at updated_at proposed_at rejected_at`,
		'public_url',
	),
};

const decide = (value: string, description: string) =>
	write(resource, {
		value,
		description,
		method: 'PATCH',
		path: `/{paymentPlanId}/${value}`,
		main: [recordId('paymentPlanId')],
		options: [resource.fields!],
		form: 'form',
	});

export const paymentPlan = resourceProperties('paymentPlan', [
	decide('approve', 'Approve a plan that a debtor proposed. The debtor can then pay by its terms.'),
	write(resource, {
		value: 'create',
		description:
			'Let a debtor pay invoices or credit cases in installments. The plan is approved at once, and Payt may notify the debtor.',
		main: [
			...identifiedBy(
				'covers',
				['invoice_numbers', 'invoice_identifiers', 'credit_case_numbers'],
				textList,
			),
			...required(
				objectList(
					'terms',
					'The installments, with amount and due date.',
					required(amountAsNumber('amount'), date('due_date')),
				),
			),
		],
		additionalFields: [email('cc_email_address', 'Who receives a copy of the plan')],
	}),
	decide(
		'deactivate',
		'Stop an active plan. Reminders and collection may continue for what it covers.',
	),
	get(
		resource,
		recordId('paymentPlanId'),
		'Retrieve one payment plan with its terms and the amounts still due',
	),
	getAll(
		resource,
		'Retrieve payment plans with their terms, for example those waiting for approval',
		filtersBy('plans of', 'debtor_numbers', 'debtor_identifiers'),
	),
	getAllDeleted(resource),
	decide('reject', 'Reject a plan that a debtor proposed. Payt may notify the debtor.'),
]);
