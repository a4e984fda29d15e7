import type { Answer } from '../../answers';
import { jsonObjectOf, type EndpointCall } from '../../endpoint';
import { addressProblem, listOf, oneOf, problemsOf, refuse, text, zeroOrOne } from '../../rules';
import { json } from '../answers';
import { EVENTS, type Webhook } from '../model';
import type { State } from '../state';
import type { Route } from './route';

function enveloped(webhook: Webhook | null, success: string[], { variants }: State): Answer {
	const data = webhook && { ...webhook, request_content_type: 'application/json' };
	const error = variants.successError === 'null' ? null : '200';
	return json(200, { status: 200, error, messages: { success, error: [] }, data });
}

/** The last four characters; nothing of a secret that has no more than these. */
function masked(secret: string): string {
	return `***${secret.length > 4 ? secret.slice(-4) : ''}`;
}

function get(_call: EndpointCall, state: State): Answer {
	const { webhook } = state.data;
	const secret_key = webhook?.secret_key ? masked(webhook.secret_key) : null;
	return enveloped(webhook && { ...webhook, secret_key }, [], state);
}

/** Overwrites all there was: what is not sent is as if it had never been, unless the variant keeps it. */
function set(call: EndpointCall, state: State): Answer {
	const body = jsonObjectOf(call);
	const rules = {
		webhook_url: (value: unknown) =>
			addressProblem(String(value), state, state.environment === 'production'),
		auth_type: oneOf('SECRET_KEY'),
		secret_key: text(),
		active: zeroOrOne,
		allow_events: listOf(oneOf('*', ...EVENTS)),
	};
	const { webhookAddress, webhookSecret, webhookUpdate } = state.variants;
	const isSecret = webhookSecret === 'required' || body.auth_type === 'SECRET_KEY';
	const secret = isSecret ? ['auth_type', 'secret_key'] : [];
	refuse(problemsOf(body, rules, ['webhook_url', ...secret]));
	const webhook = {
		auth_type: null,
		secret_key: null,
		active: 1,
		allow_events: null,
		...(webhookUpdate === 'merges' && state.data.webhook),
		...Object.fromEntries(Object.entries(body).filter(([name]) => name in rules)),
	} as Webhook;
	if (webhookAddress === 'normalized') webhook.webhook_url = new URL(webhook.webhook_url).href;
	state.data.webhook = webhook;
	return enveloped(webhook, ['Cập nhật webhook thành công'], state);
}

export const webhookRoutes: Route[] = [
	{ method: 'get', path: '/webhook', handle: get },
	{ method: 'post', path: '/webhook', handle: set },
];
