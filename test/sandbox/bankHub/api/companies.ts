import { randomUUID } from 'node:crypto';
import type { Answer } from '../../answers';
import { vietnamTime } from '../../clock';
import { jsonObjectOf, type EndpointCall } from '../../endpoint';
import { omit } from '../../omit';
import { contains } from '../../query';
import { integer, oneOf, problemsOf, refuse, text, type Rule } from '../../rules';
import { count, json } from '../answers';
import { addCompany } from '../data';
import { COMPANY_STATUSES, type Company } from '../model';
import type { State } from '../state';
import { listed, newestPage, rowOf, type Route } from './route';

const allowance: Rule = (value) =>
	value === 'Unlimited' || /^\d+$/.test(String(value))
		? undefined
		: 'must be a whole number from 0 or Unlimited';

const prefix: Rule = (value) =>
	/^[A-Za-z]{2,5}$/.test(String(value)) ? undefined : 'must have 2 to 5 letters';

const configurationRules: Record<keyof Omit<Company['configuration'], 'data_storage_time'>, Rule> =
	{
		payment_code: oneOf('on', 'off'),
		payment_code_prefix: prefix,
		payment_code_suffix_from: integer(1),
		payment_code_suffix_to: integer(1),
		payment_code_suffix_character_type: oneOf('NumberOnly', 'NumberAndLetter'),
		transaction_amount: allowance,
	};

const rules = {
	full_name: text(200),
	short_name: text(),
	status: oneOf(...COMPANY_STATUSES),
};

const companyOf = (call: EndpointCall, { data }: State) =>
	rowOf(data.companies, call.params.xid, 'công ty');

function row(company: Company, { variants }: State) {
	return {
		...omit(company, 'id', 'short_name', 'configuration'),
		active: count(company.status === 'Active', 'text', variants),
	};
}

function list({ query }: EndpointCall, state: State): Answer {
	const order = query['sort[created_at]'] ?? 'desc';
	refuse(problemsOf({ order }, { order: oneOf('asc', 'desc') }));
	const found = state.data.companies.filter(
		({ full_name, status }) =>
			contains([full_name], query.q) && (query.status === undefined || status === query.status),
	);
	const page = newestPage(order === 'desc' ? found : found.reverse(), query, state);
	return listed({ ...page, rows: page.rows.map((company) => row(company, state)) }, state);
}

function details(call: EndpointCall, state: State): Answer {
	const company = companyOf(call, state);
	const { transaction_amount } = company.configuration;
	const configuration = {
		...company.configuration,
		transaction_amount:
			transaction_amount === 'Unlimited'
				? transaction_amount
				: count(transaction_amount, 'text', state.variants),
	};
	return json(200, { data: { ...row(company, state), configuration } });
}

/** The full name is unique within the merchant. */
function assertUnique(full_name: unknown, state: State, own?: Company): void {
	const twin = state.data.companies.find((company) => company.full_name === full_name);
	if (twin && twin !== own) refuse({ full_name: 'đã tồn tại' });
}

function create(call: EndpointCall, state: State): Answer {
	const body = jsonObjectOf(call);
	const newRules = { ...rules, status: oneOf('Active', 'Pending') };
	refuse(problemsOf(body, newRules, ['full_name', 'status']));
	assertUnique(body.full_name, state);
	const { full_name, status, short_name = null } = body as Partial<Company>;
	const { data, clock, variants } = state;
	const { xid, configuration } = addCompany(
		data,
		{ full_name, status, short_name },
		clock.now(),
		randomUUID,
	);
	configuration.transaction_amount = variants.newCompanyAllowance;
	return json(201, { code: 201, message: 'Tạo công ty thành công', data: { xid, full_name } });
}

function edit(call: EndpointCall, state: State): Answer {
	const company = companyOf(call, state);
	const body = jsonObjectOf(call);
	refuse(problemsOf(body, { ...rules, ...configurationRules }));
	assertUnique(body.full_name, state, company);
	const sent = (names: object) =>
		Object.fromEntries(Object.entries(body).filter(([name]) => name in names));
	const configuration = { ...company.configuration, ...sent(configurationRules) };
	if (configuration.payment_code_suffix_from > configuration.payment_code_suffix_to) {
		refuse({ payment_code_suffix_from: 'must not be above payment_code_suffix_to' });
	}
	if (configuration.transaction_amount !== 'Unlimited') {
		configuration.transaction_amount = Number(configuration.transaction_amount);
	}
	const updated_at = vietnamTime(state.clock.now());
	Object.assign(company, sent(rules), { configuration, updated_at });
	return json(200, { code: 200, message: 'Cập nhật công ty thành công' });
}

export const companyRoutes: Route[] = [
	{ method: 'get', path: '/company', handle: list },
	{ method: 'get', path: '/company/:xid', handle: details },
	{ method: 'post', path: '/company/create', handle: create },
	{ method: 'post', path: '/company/edit/:xid', handle: edit },
];
