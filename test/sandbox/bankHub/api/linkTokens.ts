import { randomUUID } from 'node:crypto';
import type { Answer } from '../../answers';
import { ApiError } from '../../apiError';
import { vietnamTime } from '../../clock';
import { jsonObjectOf, type EndpointCall } from '../../endpoint';
import { omit } from '../../omit';
import { oneOf, problemsOf, refuse, text, zeroOrOne, type Body, type Rule } from '../../rules';
import { json } from '../answers';
import { emitEvent, statusOf } from '../linking';
import type { LinkToken } from '../model';
import type { State } from '../state';
import { rowOf, type Route } from './route';

const uuid: Rule = (value) =>
	/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(String(value)) ? undefined : 'must be a UUID';

const address: Rule = (value) =>
	URL.canParse(String(value)) ? undefined : 'must be a web address';

const rules: Record<string, Rule> = {
	company_xid: uuid,
	purpose: oneOf('LINK_BANK_ACCOUNT', 'UNLINK_BANK_ACCOUNT'),
	bank_account_xid: uuid,
	completion_redirect_uri: address,
	is_mobile_app: zeroOrOne,
	language: oneOf('vi', 'en'),
};

function assertKnown(body: Body, { data, variants }: State): void {
	const company = data.companies.find(({ xid }) => xid === body.company_xid);
	if (!company) throw new ApiError(variants.unknownCompany, 'Không tìm thấy công ty');
	if (body.purpose === 'UNLINK_BANK_ACCOUNT') {
		const own = data.bankAccounts.filter(({ company_xid }) => company_xid === company.xid);
		rowOf(own, body.bank_account_xid, 'tài khoản ngân hàng');
	}
}

function create(call: EndpointCall, state: State): Answer {
	const body = jsonObjectOf(call);
	const isUnlink = body.purpose === 'UNLINK_BANK_ACCOUNT';
	const required = ['company_xid', 'purpose', ...(isUnlink ? ['bank_account_xid'] : [])];
	refuse(problemsOf(body, rules, required));
	assertKnown(body, state);
	const { data, clock, linkTokenLifeMs } = state;
	const now = clock.now();
	const at = vietnamTime(now);
	const token = {
		completion_redirect_uri: null,
		is_mobile_app: 0,
		language: 'vi',
		...Object.fromEntries(Object.entries(body).filter(([name]) => name in rules)),
		xid: randomUUID(),
		link_token: randomUUID(),
		status: 'Active',
		session_count: 0,
		sessions: [],
		events: [],
		created_at: at,
		updated_at: at,
		expires_at: vietnamTime(now + linkTokenLifeMs),
	} as unknown as LinkToken;
	data.linkTokens.push(token);
	const { xid, purpose, link_token, expires_at } = token;
	void emitEvent(state, 'LINK_TOKEN_CREATED', token, undefined, { purpose });
	clock.schedule(now + linkTokenLifeMs, () => {
		if (token.status !== 'Active') return;
		token.status = 'Expired';
		void emitEvent(state, 'LINK_TOKEN_EXPIRED', token);
	});
	const hosted_link_url = `${state.url}/link/${link_token}`;
	return json(201, { xid, hosted_link_url, link_token, expires_at });
}

function get(call: EndpointCall, state: State): Answer {
	const body = jsonObjectOf(call);
	refuse(problemsOf(body, { link_token: uuid }, ['link_token']));
	const { data, variants } = state;
	const token = data.linkTokens.find(({ link_token }) => link_token === body.link_token);
	if (!token) throw new ApiError(404, 'Không tìm thấy link token');
	const company = rowOf(data.companies, token.company_xid, 'công ty');
	return json(200, {
		...omit(token, 'link_token', 'company_xid', 'bank_account_xid'),
		status: statusOf(token, state),
		company: { xid: company.xid, full_name: company.full_name, status: company.status },
		sessions: token.sessions.map((session) => ({ ...session, context: null, result: null })),
		events: token.events.map(({ xid, event, metadata, timestamp }) => ({
			xid,
			name: event,
			metadata: variants.eventMetadata === 'object' ? metadata : null,
			created_at: vietnamTime(timestamp * 1000),
		})),
	});
}

function revoke(call: EndpointCall, state: State): Answer {
	const body = jsonObjectOf(call);
	refuse(problemsOf(body, { link_token_xid: text() }, ['link_token_xid']));
	const active = state.data.linkTokens.filter((token) => statusOf(token, state) === 'Active');
	const token = rowOf(active, body.link_token_xid, 'link token');
	token.status = 'Revoked';
	token.updated_at = vietnamTime(state.clock.now());
	void emitEvent(state, 'LINK_TOKEN_REVOKED', token);
	return json(200, { message: 'Thu hồi link token thành công' });
}

export const linkTokenRoutes: Route[] = [
	{ method: 'post', path: '/link-token/create', handle: create },
	{ method: 'post', path: '/link-token/get', handle: get },
	{ method: 'post', path: '/link-token/revoke', handle: revoke },
];
