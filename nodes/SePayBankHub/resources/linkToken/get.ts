import type { IDataObject } from 'n8n-workflow';
import { simplify, type Operation } from '../../../shared/descriptions';
import { isObject } from '../../../shared/envelopes';
import { textOrNull, typed, vietnamTime } from '../../../shared/values';
import { readOne, simplifiedBy } from '../../exchanges';
import { linkTokenFrom } from './ids';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a link token',
		description: 'Retrieve a link token with what the customer has done on its page so far',
		routing: {
			request: { method: 'POST', url: '/v1/link-token/get' },
			operations: {
				pagination: readOne(
					function (row) {
						const simple = simplifiedBy(simpleLinkToken).call(this, row);
						return simple === row ? row : { linkToken: linkTokenFrom(this), ...simple };
					},
					function (request) {
						request.body = { link_token: linkTokenFrom(this) };
					},
				),
			},
		},
	},
	properties: [
		{
			displayName: 'Link Token',
			name: 'linkToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.link_token }}',
			description:
				'The field "link_token" of Create, not its "xid"; the address of the page or the whole output of Create will do too',
		},
		simplify,
	],
};

function simpleLinkToken(row: IDataObject): IDataObject {
	const { is_mobile_app, session_count } = typed(row, {
		numbers: ['session_count'],
		flags: ['is_mobile_app'],
	});
	const company = isObject(row.company) ? row.company : {};
	return {
		xid: row.xid,
		purpose: textOrNull(row.purpose),
		status: textOrNull(row.status),
		companyXid: textOrNull(company.xid),
		companyName: textOrNull(company.full_name),
		completionRedirectUri: textOrNull(row.completion_redirect_uri),
		mobileApp: is_mobile_app,
		language: textOrNull(row.language),
		sessionCount: session_count,
		createdAt: vietnamTime(row.created_at),
		expiresAt: vietnamTime(row.expires_at),
		sessions: listOf(row.sessions).map((session) => ({
			xid: session.xid,
			state: textOrNull(session.state),
			status: textOrNull(session.status),
			createdAt: vietnamTime(session.created_at),
			finishedAt: vietnamTime(session.finished_at),
		})),
		events: listOf(row.events).map((event) => ({
			xid: event.xid,
			name: textOrNull(event.name),
			metadata: event.metadata ?? null,
			createdAt: vietnamTime(event.created_at),
		})),
	};
}

const listOf = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];
