import type { INodePropertyOptions } from 'n8n-workflow';

/** Stands for all events, also those that Payt adds later. */
export const ALL_EVENTS = '*';

/** Payt's names of the events, by what they are about (reference: "Event names"). */
const EVENTS: Record<string, string[]> = {
	'Bundled Reminder': [
		'bundled_reminder_sent',
		'bundled_reminder_invoice_performed',
		'bundled_reminder_email_bounced',
		'bundled_reminder_letter_returned',
	],
	Case: [
		'case_created',
		'case_step_performed',
		'case_new_comment',
		'case_invoice_amount_paid',
		'case_paid',
		'case_reopened',
		'case_to_bailiff',
		'case_email_bounced',
		'case_letter_returned',
	],
	Company: ['company_updated'],
	Debtor: [
		'debtor_new_comment',
		'debtor_email_address_provided',
		'debtor_email_address_removed',
		'credit_limit_exceeded',
		'creditworthiness_changed',
		'email_bounced',
		'label_added',
		'label_removed',
	],
	Invoice: [
		'invoice_created',
		'invoice_paid',
		'invoice_closed',
		'invoice_reopened',
		'invoice_payment_created',
		'invoice_blocked',
		'invoice_paused',
		'invoice_resumed',
		'invoice_step_performed',
		'invoice_call_reminder_performed',
		'invoice_to_debt_collection',
		'invoice_new_comment',
		'invoice_email_bounced',
		'invoice_letter_returned',
		'invoice_sms_failed',
		'invoice_ubl_failed',
		'incoming_ubl_received',
	],
	'Payment Plan': [
		'payment_plan_created',
		'payment_plan_updated',
		'payment_plan_deactivated',
		'payment_plan_finished',
		'payment_plan_term_expired',
	],
	PSP: [
		'psp_mandate_created',
		'psp_mandate_revoked',
		'psp_transaction_successful',
		'psp_transaction_charged_back',
		'psp_transaction_refunded',
	],
	'To-Do': ['todo_list_item_created', 'todo_list_item_updated', 'todo_list_item_deleted'],
};

const NOTES: Record<string, string> = {
	creditworthiness_changed: 'Only with creditworthiness monitoring',
	company_updated: 'For webhooks of an OAuth application',
	invoice_closed: 'The invoice was sent and paid',
};

/** `invoice_sms_failed` of "Invoice" as "Invoice: SMS Failed". */
function displayNameOf(event: string, group: string): string {
	const own = event.replace(
		/^(bundled_reminder|case|company|debtor|invoice|payment_plan|psp|todo_list)_/,
		'',
	);
	const words = own.split('_').map((word) => {
		if (['sms', 'ubl'].includes(word)) return word.toUpperCase();
		return word === 'to' ? word : word[0].toUpperCase() + word.slice(1);
	});
	const title = words.join(' ');
	return `${group}: ${title[0].toUpperCase()}${title.slice(1)}`;
}

/** What users choose from, by group and name. */
export const eventOptions: INodePropertyOptions[] = [
	{
		name: '(All Events)',
		value: ALL_EVENTS,
		description: 'Every event, including events that Payt adds later',
	},
	...Object.entries(EVENTS)
		.flatMap(([group, names]) =>
			names.map((value) => ({
				name: displayNameOf(value, group),
				value,
				...(NOTES[value] && { description: NOTES[value] }),
			})),
		)
		.sort((a, b) => a.name.localeCompare(b.name)),
];
