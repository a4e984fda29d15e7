import { simplifyWith } from '../../../shared/operations/operations';
import {
	asBoolean,
	asInteger,
	asList,
	asSentText,
	asText,
	asTime,
	from,
	outputOf,
	valueType,
} from '../../../shared/operations/output';

const session = outputOf({
	xid: from('xid', asSentText),
	state: from('state', asText),
	status: from('status', asText),
	createdAt: from('created_at', asTime),
	finishedAt: from('finished_at', asTime),
});

const event = outputOf({
	xid: from('xid', asSentText),
	name: from('name', asText),
	metadata: from(
		'metadata',
		valueType(['object', 'null'], (value) => value || null),
	),
	createdAt: from('created_at', asTime),
});

/** The link token as the Simplify parameter wants it, with the token itself, which SePay leaves out. */
export const toLinkToken = simplifyWith(
	outputOf({
		linkToken: from('link_token', asSentText),
		xid: from('xid', asSentText),
		purpose: from('purpose', asText),
		status: from('status', asText),
		companyXid: from('company.xid', asText),
		companyName: from('company.full_name', asText),
		completionRedirectUri: from('completion_redirect_uri', asText),
		mobileApp: from('is_mobile_app', asBoolean),
		language: from('language', asText),
		sessionCount: from('session_count', asInteger),
		createdAt: from('created_at', asTime),
		expiresAt: from('expires_at', asTime),
		sessions: from('sessions', asList(session, [])),
		events: from('events', asList(event, [])),
	}),
	(row) => ({ ...row, link_token: undefined }),
);
