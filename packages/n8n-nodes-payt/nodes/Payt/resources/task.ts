import { resourceProperties } from '../../../../../nodes/shared/descriptions';
import { choice, flag, longText, required, text } from '../../../../../nodes/shared/fields';
import { administration, id, sparse } from '../fields';
import { get, getAll, IDS, UPDATED_AFTER, write, writeRecords, type Kind } from '../operations';

const kind: Kind = {
	one: 'a task',
	many: 'tasks',
	path: '/v1/tasks',
	fields: sparse(
		`assigned_to_user administration_id credit_case_id debtor_id id invoice_id description
		subject expiry_date completed_at updated_at created_at`,
		'comments',
	),
};

const one = { main: [administration], inPath: [id('taskId')] };

export const task = resourceProperties('task', [
	writeRecords({
		name: 'Comment',
		value: 'comment',
		action: 'Comment on a task',
		description:
			'Add a comment to a task for the people who work with Payt. A repeated call adds another.',
		path: `${kind.path}/{taskId}/comment`,
		noun: 'comment',
		keys: [],
		most: 1,
		pack: ([comment]) => comment,
		...one,
		main: [administration, ...required(longText('comment'))],
	}),
	write({
		name: 'Complete',
		value: 'complete',
		action: 'Complete a task',
		description:
			'Mark a task as done, with how it went. Can resume the invoices that it had blocked.',
		method: 'PATCH',
		path: `${kind.path}/{taskId}/mark_completed`,
		...one,
		additionalFields: [
			text('comment'),
			choice('completed_status', ['cleaned_up', 'failed', 'succeeded'], 'How it went', {
				default: 'succeeded',
			}),
			text('completed_status_message'),
			flag(
				'resume_dossiers',
				'Whether to resume what the task had blocked: reminders go out again',
			),
		],
		options: [kind.fields!],
	}),
	get(kind, id('taskId'), 'Retrieve one task with who does it and until when'),
	getAll(kind, 'Retrieve the tasks of the people who work with Payt, open and done', [
		IDS,
		UPDATED_AFTER,
	]),
	write({
		name: 'Reopen',
		value: 'reopen',
		action: 'Reopen a task',
		description: 'Mark a task that was completed as open again',
		method: 'PATCH',
		path: `${kind.path}/{taskId}/unmark_completed`,
		...one,
		options: [kind.fields!],
		form: 'form',
	}),
]);
