import { json, success } from '../answers';
import { vietnamTime } from '../clock';
import { jsonObjectOf, type EndpointCall } from '../endpoint';
import type { Webhook } from '../model';
import { omit } from '../omit';
import { paged } from '../paging';
import { queryNumber } from '../query';
import type { State } from '../state';
import { rowOf, type Route } from './route';
import { isWrongRetry, readWebhook } from './webhookRules';

const newFields = [
	'prefix_filters',
	'va_mode',
	'bank_mode',
	'bank_account_ids',
	'alert_threshold',
	'alert_event_types',
] as const;

/** What a webhook shows of itself; the older documents know fewer fields. */
function shown(hook: Webhook, { variants }: State): Partial<Webhook> {
	const fields = omit(hook, 'alert_channel_ids');
	return variants.webhookFields === 'new' ? fields : omit(fields, ...newFields);
}

function list({ query }: EndpointCall, state: State) {
	const active = queryNumber(query, 'active', 0);
	const hooks = state.data.webhooks.filter(
		(hook) =>
			hook.webhook_url.includes(query.webhook_url ?? '') &&
			(query.api_key === undefined || hook.api_key === query.api_key) &&
			(active === undefined || Number(hook.active) === active),
	);
	return paged(
		hooks.map((hook) => shown(hook, state)),
		query,
		state.variants,
	);
}

function create(call: EndpointCall, state: State) {
	const body = jsonObjectOf(call);
	const make = (fields: ReturnType<typeof readWebhook>) => {
		const id = state.nextWebhookId++;
		state.data.webhooks.push({ ...fields, id, created_at: vietnamTime(state.clock.now()) });
		return id;
	};
	if (isWrongRetry(body, state) && state.variants.wrongRetryConditions === 'created') {
		make(readWebhook(omit(body, 'retry_conditions'), state));
	}
	const id = make(readWebhook(body, state));
	const { createAnswer, createStatus } = state.variants;
	const answer =
		createAnswer === 'enveloped'
			? { status: 'success', data: { id } }
			: { id: String(id), message: 'Created' };
	return json(createStatus, answer, state.variants);
}

function update(call: EndpointCall, state: State) {
	const hook = rowOf(state.data.webhooks, call);
	const changed = { ...readWebhook(jsonObjectOf(call), state, hook) } as Webhook;
	state.data.webhooks.splice(state.data.webhooks.indexOf(hook), 1, changed);
	const data = state.variants.updateAnswer === 'data' ? shown(changed, state) : undefined;
	return success(data, state.variants);
}

function remove(call: EndpointCall, state: State) {
	const hook = rowOf(state.data.webhooks, call);
	if (state.variants.deleteAnswer === 'refused') {
		return json(200, { success: false, message: 'The webhook was not deleted' }, state.variants);
	}
	state.data.webhooks.splice(state.data.webhooks.indexOf(hook), 1);
	return state.variants.deleteAnswer === 'empty'
		? { status: 204, headers: {}, body: '' }
		: success(undefined, state.variants);
}

export const webhookRoutes: Route[] = [
	{
		method: 'get',
		path: '/webhooks',
		scope: 'webhook:read',
		right: 'view webhook list',
		handle: list,
	},
	{
		method: 'get',
		path: '/webhooks/:id',
		scope: 'webhook:read',
		right: 'view webhook list',
		handle: (call, state) =>
			success(shown(rowOf(state.data.webhooks, call), state), state.variants),
	},
	{
		method: 'post',
		path: '/webhooks',
		scope: 'webhook:write',
		right: 'add webhooks',
		handle: create,
	},
	{
		method: 'patch',
		path: '/webhooks/:id',
		scope: 'webhook:write',
		right: 'edit webhooks',
		handle: update,
	},
	{
		method: 'delete',
		path: '/webhooks/:id',
		scope: 'webhook:delete',
		right: 'delete webhooks',
		handle: remove,
	},
];
