import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/envelopes';
import { textOrNull, typed, vietnamTime } from '../../../shared/values';
import { simplifiedBy } from '../../exchanges';
import { linkTokenFrom } from './ids';

const listOf = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

/** The link token as the Simplify parameter wants it, with the token itself, which SePay leaves out. */
export const toLinkToken = simplifiedBy(function (row) {
	const { is_mobile_app, session_count } = typed(row, {
		numbers: ['session_count'],
		flags: ['is_mobile_app'],
	});
	const company = isObject(row.company) ? row.company : {};
	return {
		linkToken: linkTokenFrom(this),
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
			metadata: event.metadata || null,
			createdAt: vietnamTime(event.created_at),
		})),
	};
});
