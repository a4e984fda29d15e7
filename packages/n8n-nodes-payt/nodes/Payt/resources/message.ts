import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import {
	email,
	flag,
	longText,
	required,
	text,
} from '../../../../../nodes/shared/operations/fields';
import { withMultipartBody } from '../../../../../nodes/shared/transport/multipart';
import { readObject } from '../../shared/payt';
import { fieldSelection, filtersBy, identifiedBy, recordId, within } from '../fields';
import { attachments, readFileParts } from '../files';
import { customWrite, get, getAll, writeRecords, type ResourceInfo } from '../operations';
import { toPairs } from '../requestBodies';

const resource: ResourceInfo = {
	one: 'a message',
	path: '/v1/messages',
	fields: fieldSelection(
		`sender_type subject read_by_user administration_id credit_case_id debtor_id id invoice_id
		sent_at received_at read_at updated_at`,
		'content',
	),
};

export const message = resourceProperties('message', [
	get(
		resource,
		recordId('messageId'),
		'Retrieve one message to or from a debtor. To get its text, select "Content" under Fields.',
	),
	getAll(resource, 'Retrieve the messages to and from debtors', [
		...filtersBy('messages of', 'debtor_ids'),
		...filtersBy('messages about', 'invoice_ids', 'credit_case_ids'),
	]),
	writeRecords(resource, {
		name: 'Mark as Read or Unread',
		value: 'markRead',
		action: 'Mark a message as read or unread',
		description: 'Mark a message as read or unread at Payt',
		method: 'PATCH',
		keys: ['id'],
		main: [
			...required(
				text('id', 'The ID that Get Many returns', {
					displayName: 'Message ID',
					name: 'messageId',
				}),
			),
			flag('read', 'Whether the message has been read', { default: true }),
		],
	}),
	customWrite(
		resource,
		{
			value: 'send',
			action: 'Send a message to a debtor',
			description:
				'Send an email to a debtor, about the debtor, an invoice or a credit case. Payt sends it at once, and it cannot be recalled.',
			main: [
				...identifiedBy('recipient', [
					'debtor_number',
					'debtor_identifier',
					'invoice_number',
					'invoice_identifier',
					'credit_case_number',
				]),
				...within('message', ...required(text('subject'), longText('body'))),
			],
			additionalFields: [
				attachments,
				...within(
					'message',
					email('email', 'Recipient. Defaults to the address of the debtor.'),
					text('cc_email', 'CC recipients, separated by commas', {
						placeholder: 'e.g. name@email.com',
					}),
					text('bcc_email', 'BCC recipients, separated by commas', {
						placeholder: 'e.g. name@email.com',
					}),
				),
			],
		},
		async function (request, { attachments: fields = [], ...body }) {
			const files = await readFileParts(this, fields as unknown[], 'message[attachments][]');
			const sent =
				files.length > 0 ? withMultipartBody(request, toPairs(body), files) : { ...request, body };
			return [await readObject.call(this, sent)];
		},
	),
]);
