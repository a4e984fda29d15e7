import { resourceProperties } from '../../../../../nodes/shared/descriptions';
import {
	email,
	flag,
	ids,
	inside,
	longText,
	required,
	text,
} from '../../../../../nodes/shared/fields';
import { administration, id, namedBy, sparse } from '../fields';
import { attachments, filePartsIn } from '../files';
import { readObject } from '../../shared/payt';
import { multipartIn } from '../bodies';
import {
	get,
	getAll,
	IDS,
	MOST_RECORDS,
	UPDATED_AFTER,
	writeRecords,
	writing,
	type Kind,
} from '../operations';

const kind: Kind = {
	one: 'a message',
	many: 'messages',
	path: '/v1/messages',
	fields: sparse(
		`sender_type subject read_by_user administration_id credit_case_id debtor_id id invoice_id
		sent_at received_at read_at updated_at`,
		'content',
	),
};

export const message = resourceProperties('message', [
	get(
		kind,
		id('messageId'),
		'Retrieve one message to or from a debtor; its text is in "content", on request',
	),
	getAll(kind, 'Retrieve the messages to and from debtors, to answer or to file them', [
		IDS,
		ids('debtor_ids', 'Only those of the debtors with these IDs of Payt'),
		ids('invoice_ids', 'Only those about the invoices with these IDs of Payt'),
		ids('credit_case_ids', 'Only those about the credit cases with these IDs of Payt'),
		UPDATED_AFTER,
	]),
	writeRecords({
		name: 'Mark as Read or Unread',
		value: 'markRead',
		action: 'Mark a message as read or unread',
		description: 'Mark a message as read or unread at Payt',
		method: 'PATCH',
		path: kind.path,
		noun: 'message',
		keys: ['id'],
		most: MOST_RECORDS,
		pack: (messages) => ({ messages }),
		main: [
			administration,
			...required(
				text('id', 'The field "ID" of Get Many', { displayName: 'Message ID', name: 'messageId' }),
			),
			flag('read', 'Whether the message has been read', { default: true }),
		],
	}),
	writing(
		{
			name: 'Send',
			value: 'send',
			action: 'Send a message to a debtor',
			description:
				'Send an e-mail to a debtor, about the debtor, an invoice or a credit case. It goes out at once and cannot be taken back.',
			path: kind.path,
			main: [
				administration,
				...namedBy('Recipient', 'recipient', [
					'debtor_number',
					'debtor_identifier',
					'invoice_number',
					'invoice_identifier',
					'credit_case_number',
				]),
				...inside('message', required(text('subject'), longText('body')), ''),
			],
			additionalFields: [
				attachments,
				...inside(
					'message',
					[
						email('email', 'Where it goes; the address of the debtor unless given'),
						text('cc_email', 'Who gets a copy, separated by commas', {
							placeholder: 'e.g. name@email.com',
						}),
						text('bcc_email', 'Who gets a hidden copy, separated by commas', {
							placeholder: 'e.g. name@email.com',
						}),
					],
					'',
				),
			],
		},
		async function (request, { attachments: fields = [], ...body }) {
			const files = await filePartsIn(this, fields as unknown[], 'message[attachments][]');
			const sent = files.length > 0 ? multipartIn(request, body, files) : { ...request, body };
			return [await readObject.call(this, sent)];
		},
	),
]);
