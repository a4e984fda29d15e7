import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import {
	flag,
	longText,
	option,
	required,
	text,
} from '../../../../../nodes/shared/operations/fields';
import { fieldSelection, recordId } from '../fields';
import { get, getAll, write, writeRecords, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a task',
	path: '/v1/tasks',
	fields: fieldSelection(
		`assigned_to_user administration_id credit_case_id debtor_id id invoice_id description
		subject expiry_date completed_at updated_at created_at`,
		'comments',
	),
};

const taskId = recordId('taskId');

export const task = resourceProperties('task', [
	writeRecords(resource, {
		value: 'comment',
		action: 'Comment on a task',
		description:
			'Add a comment to a task for the people who work with Payt. Running this again adds another comment.',
		path: '/{taskId}/comment',
		noun: 'comment',
		keys: [],
		most: 1,
		pack: ([comment]) => comment,
		main: [taskId, ...required(longText('comment'))],
	}),
	write(resource, {
		value: 'complete',
		description:
			'Mark a task as done, with its result. It can also resume the invoices that the task blocked.',
		method: 'PATCH',
		path: '/{taskId}/mark_completed',
		main: [taskId],
		additionalFields: [
			text('comment'),
			option('completed_status', ['cleaned_up', 'failed', 'succeeded'], 'The result of the task', {
				default: 'succeeded',
			}),
			text('completed_status_message'),
			flag(
				'resume_dossiers',
				'Whether to resume what the task blocked, so that reminders go out again',
			),
		],
		options: [resource.fields!],
	}),
	get(resource, taskId, 'Retrieve one task with its assignee and due date'),
	getAll(resource, 'Retrieve the open and completed tasks of the people who work with Payt'),
	write(resource, {
		value: 'reopen',
		description: 'Reopen a completed task',
		method: 'PATCH',
		path: '/{taskId}/unmark_completed',
		main: [taskId],
		options: [resource.fields!],
		form: 'form',
	}),
]);
