import { MONEY_OUT_BANKS } from '../accounts';
import { ApiError } from '../apiError';
import type { Webhook } from '../model';
import {
	addressProblem,
	integer,
	listOf,
	oneOf,
	problemsOf,
	refuse,
	text,
	zeroOrOne,
	type Body,
	type Rule,
} from '../rules';
import type { State } from '../state';

const shortText = text(300);

const rules: Record<string, Rule> = {
	name: shortText,
	webhook_url: shortText,
	event_type: oneOf('All', 'In_only', 'Out_only'),
	authen_type: oneOf('No_Authen', 'Api_Key', 'HMAC_SHA256', 'OAuth2.0'),
	request_content_type: oneOf('Json', 'multipart_form-data', 'application_x-www-form-urlencoded'),
	bank_mode: oneOf('single', 'multi', 'all'),
	bank_account_id: integer(),
	bank_account_ids: listOf(integer()),
	bank_sub_account_ids: listOf(integer()),
	va_mode: oneOf('all', 'list', 'none'),
	only_va: zeroOrOne,
	is_verify_payment: zeroOrOne,
	skip_if_no_code: zeroOrOne,
	active: zeroOrOne,
	prefix_filters: listOf(text()),
	alert_threshold: integer(1, 20),
	alert_event_types: listOf(oneOf('failure', 'recovery')),
	alert_channel_ids: listOf(integer()),
	api_key: text(),
	secret_key: text(),
	oauth2_access_token_url: shortText,
	oauth2_client_id: text(),
	oauth2_client_secret: text(),
};

/** Fields that each kind of authentication needs. */
const authenticationFields = {
	No_Authen: [],
	Api_Key: ['api_key'],
	HMAC_SHA256: ['secret_key'],
	'OAuth2.0': ['oauth2_access_token_url', 'oauth2_client_id', 'oauth2_client_secret'],
};

const flags = ['only_va', 'is_verify_payment', 'skip_if_no_code', 'active'];

const defaults: Body = {
	bank_mode: 'single',
	bank_account_id: 0,
	bank_account_ids: [],
	bank_sub_account_ids: [],
	prefix_filters: [],
	retry_conditions: { non_2xx_status_code: 0 },
	only_va: false,
	va_mode: 'all',
	alert_threshold: 3,
	alert_event_types: [],
	alert_channel_ids: [],
	active: true,
};

/** Whether `retry_conditions` come in the form that the variant does not take. */
export const isWrongRetry = ({ retry_conditions: value }: Body, { variants }: State): boolean =>
	value !== undefined && Array.isArray(value) !== (variants.retryConditions === 'list');

/** Reads `retry_conditions`; the form that the variant does not take breaks the server. */
function readRetry(value: unknown, state: State): { non_2xx_status_code: number } {
	if (isWrongRetry({ retry_conditions: value }, state)) {
		throw new ApiError(500, 'Internal server error');
	}
	const known = 'non_2xx_status_code';
	const names = Array.isArray(value) ? value : Object.keys(Object(value));
	if (names.some((name) => name !== known)) throw new ApiError(400, 'Unknown retry condition');
	const isOn = Array.isArray(value) ? value.includes(known) : (value as Body | null)?.[known] === 1;
	return { non_2xx_status_code: isOn ? 1 : 0 };
}

function requiredFields(draft: Body): string[] {
	const authentication = draft.authen_type as keyof typeof authenticationFields;
	return [
		'name',
		'event_type',
		'authen_type',
		'webhook_url',
		'is_verify_payment',
		'skip_if_no_code',
		...(authenticationFields[authentication] ?? []),
		...(authentication === 'OAuth2.0' ? [] : ['request_content_type']),
		...(draft.bank_mode === 'single' ? ['bank_account_id'] : []),
		...(draft.bank_mode === 'multi' ? ['bank_account_ids'] : []),
		...(draft.only_va || draft.va_mode === 'list' ? ['bank_sub_account_ids'] : []),
	];
}

const isMissing = (value: unknown) =>
	value === undefined || value === 0 || (Array.isArray(value) && value.length === 0);

/** The accounts a webhook is for; for `all`, every account. */
function accountProblems(hook: Webhook, state: State): Record<string, string> {
	const { bankAccounts, subAccounts } = state.data;
	const ids = hook.bank_mode === 'single' ? [hook.bank_account_id] : hook.bank_account_ids;
	const field = hook.bank_mode === 'single' ? 'bank_account_id' : 'bank_account_ids';
	const chosen = bankAccounts.filter(({ id }) => ids.includes(id));
	if (hook.bank_mode !== 'all' && chosen.length !== new Set(ids).size) {
		return { [field]: 'holds an unknown bank account' };
	}
	const isForeign = (id: number) => {
		const sub = subAccounts.find((candidate) => candidate.id === id);
		return !sub || (hook.bank_mode !== 'all' && !ids.includes(sub.bank_account_id));
	};
	if (hook.bank_sub_account_ids.some(isForeign)) {
		return { bank_sub_account_ids: 'holds an unknown sub-account' };
	}
	const isIncomingOnly = chosen.some(({ bank }) => !MONEY_OUT_BANKS.includes(bank.short_name));
	return hook.event_type === 'Out_only' && isIncomingOnly
		? { event_type: `Out_only is for ${MONEY_OUT_BANKS.join(', ')} only` }
		: {};
}

/**
 * The fields of a new webhook, or those of a stored one with the changes that were sent.
 * @throws Refusal 400 naming the fields, 500 on the wrong form of `retry_conditions`
 */
export function readWebhook(
	body: Body,
	state: State,
	stored?: Webhook,
): Omit<Webhook, 'id' | 'created_at'> {
	const sent = Object.entries(body).filter(([name]) => name in rules);
	const problems = problemsOf(body, rules);
	for (const name of ['webhook_url', 'oauth2_access_token_url']) {
		if (body[name] === undefined || problems[name]) continue;
		const problem = addressProblem(body[name] as string, state);
		if (problem) problems[name] = problem;
	}
	refuse(problems);

	const draft: Body = { ...defaults, ...stored };
	if (body.authen_type !== undefined && body.authen_type !== draft.authen_type) {
		for (const name of Object.values(authenticationFields).flat()) delete draft[name];
	}
	for (const [name, value] of sent) draft[name] = flags.includes(name) ? value === 1 : value;
	const missing = requiredFields(draft).filter((name) => isMissing(draft[name]));
	refuse(Object.fromEntries(missing.map((name) => [name, 'is required'])));

	if (draft.bank_mode !== 'single') draft.bank_account_id = 0;
	if (draft.bank_mode !== 'multi') draft.bank_account_ids = [];
	draft.request_content_type ??= 'Json';
	if (state.variants.webhookHost === 'lowerCase') {
		draft.webhook_url = new URL(String(draft.webhook_url)).href;
	}
	const hook = draft as unknown as Webhook;
	refuse(accountProblems(hook, state));
	if (body.retry_conditions !== undefined) {
		hook.retry_conditions = readRetry(body.retry_conditions, state);
	}
	return hook;
}
