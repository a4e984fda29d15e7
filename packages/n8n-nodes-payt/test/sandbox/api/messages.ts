import { randomUUID } from 'node:crypto';
import type { Answer } from '../../../../../test/sandbox/answers';
import { addRow, timeOf } from '../data';
import type { Kind } from '../model';
import { change, entity, rowOf, type Context, type Fields, type Handlers } from './context';
import { writeEach } from './results';

/** Who works in Payt. */
const USER = { id: '7', name: 'Sanne de Vries', email_address: 'sanne@example.com' };

/** What a message can be about: kind, the field that says which one, and where its id goes. */
const SUBJECTS: Array<[Kind, string[], string]> = [
	['debtors', ['debtor_number', 'debtor_identifier'], 'debtor_id'],
	['invoices', ['invoice_number', 'invoice_identifier'], 'invoice_id'],
	['credit_cases', ['credit_case_number'], 'credit_case_id'],
];

function send(context: Context): Answer {
	const { body, state, administrationId } = context;
	const about = SUBJECTS.flatMap(([kind, fields, id]) =>
		fields
			.filter((field) => body[field] !== undefined)
			.map((field) => [id, rowOf(context, kind, body[field], field)] as const),
	);
	const [[id, row]] = about;
	const now = state.clock.now();
	const { subject, body: content, ...rest } = body.message as Fields;
	const message = addRow(
		state.data,
		'messages',
		{
			administration_id: administrationId,
			sender_type: 'creditor',
			subject,
			content,
			// Kept beside what is shown: `email`, `cc_email`, `bcc_email`, `attachments`.
			...rest,
			sent_at: timeOf(now),
			debtor_id: row.debtor_id ?? null,
			[id]: row.id,
		},
		now,
	);
	return entity(context, 'messages', message);
}

function mark(context: Context): Answer {
	const messages = context.body.messages as Array<{ id: string; read: boolean }>;
	const now = timeOf(context.state.clock.now());
	return writeEach(
		messages,
		context,
		200,
		({ id }) => id,
		({ id, read }) =>
			change(
				rowOf(context, 'messages', id),
				{ read_at: read ? now : null, read_by_user: read ? USER : null },
				context,
			),
	);
}

const taskOf = (context: Context) => rowOf(context, 'tasks', context.call.params.id);

function addComment(content: unknown, context: Context): void {
	const task = taskOf(context);
	const created_at = timeOf(context.state.clock.now());
	const comments = [...(task.comments as object[]), { id: randomUUID(), content, created_at }];
	change(task, { comments }, context);
}

function comment(context: Context): Answer {
	taskOf(context);
	return writeEach(
		[context.body.comment],
		context,
		201,
		() => '1',
		(content) => addComment(content, context),
	);
}

function complete(context: Context): Answer {
	const { comment: content, completed_status, completed_status_message } = context.body;
	const task = taskOf(context);
	if (content !== undefined) addComment(content, context);
	const completed_at = timeOf(context.state.clock.now());
	change(task, { completed_at, completed_status, completed_status_message }, context);
	return entity(context, 'tasks', task);
}

function reopen(context: Context): Answer {
	const task = taskOf(context);
	change(task, { completed_at: null }, context);
	return entity(context, 'tasks', task);
}

export const messageHandlers: Handlers = {
	'post /v1/messages': send,
	'patch /v1/messages': mark,
	'post /v1/tasks/{id}/comment': comment,
	'patch /v1/tasks/{id}/mark_completed': complete,
	'patch /v1/tasks/{id}/unmark_completed': reopen,
};
