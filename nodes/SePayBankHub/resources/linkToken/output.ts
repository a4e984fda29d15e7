import type { IDataObject } from 'n8n-workflow';
import { simplifyWith } from '../../../shared/operations/operations';
import { convertFields, isObject, textOrNull, toVietnamTime } from '../../../shared/values';
import { parseLinkToken } from './ids';

const listOf = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

/** The link token as the Simplify parameter wants it, with the token itself, which SePay leaves out. */
export const toLinkToken = simplifyWith(function (row) {
	const { is_mobile_app, session_count } = convertFields(row, {
		numbers: ['session_count'],
		flags: ['is_mobile_app'],
	});
	const company = isObject(row.company) ? row.company : {};
	return {
		linkToken: parseLinkToken(this),
		xid: row.xid,
		purpose: textOrNull(row.purpose),
		status: textOrNull(row.status),
		companyXid: textOrNull(company.xid),
		companyName: textOrNull(company.full_name),
		completionRedirectUri: textOrNull(row.completion_redirect_uri),
		mobileApp: is_mobile_app,
		language: textOrNull(row.language),
		sessionCount: session_count,
		createdAt: toVietnamTime(row.created_at),
		expiresAt: toVietnamTime(row.expires_at),
		sessions: listOf(row.sessions).map((session) => ({
			xid: session.xid,
			state: textOrNull(session.state),
			status: textOrNull(session.status),
			createdAt: toVietnamTime(session.created_at),
			finishedAt: toVietnamTime(session.finished_at),
		})),
		events: listOf(row.events).map((event) => ({
			xid: event.xid,
			name: textOrNull(event.name),
			metadata: event.metadata || null,
			createdAt: toVietnamTime(event.created_at),
		})),
	};
});
