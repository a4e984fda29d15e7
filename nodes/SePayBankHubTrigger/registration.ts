import { NodeApiError, NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { readWebhook, setWebhook } from '../shared/bankHub/webhook';
import { parameterError } from '../shared/operations/parameterError';
import { withLock } from '../shared/transport/mutex';
import { triggerKey } from '../shared/triggers/processedItems';
import {
	ensureState,
	newSecret,
	readState,
	registrationKind,
} from '../shared/triggers/triggerState';
import { withWholeMessage } from '../shared/triggers/wholeMessage';
import { webhookUrlOf } from '../shared/triggers/webhookUrl';
import { isSameUrl, toBankTime, toBoolean } from '../shared/values';
import { isCatchUpEnabled } from './catchUp';
import { isEventTrigger, subscribedEvents } from './events';
import type { CurrentWebhook, Registration, Webhook, WebhookState } from './state';

/** What this process registered, by trigger: n8n does not store it when publishing fails later on. */
const registered = new Map<string, Registration>();

async function readCurrentWebhook(context: IHookFunctions): Promise<CurrentWebhook | undefined> {
	const row = await readWebhook.call(context);
	if (!row?.webhook_url) return undefined;
	return {
		webhook: {
			webhook_url: String(row.webhook_url),
			active: toBoolean(row.active) === false ? 0 : 1,
			allow_events: Array.isArray(row.allow_events) ? row.allow_events.map(String) : [],
		},
		ending: row.secret_key ? String(row.secret_key).replace(/^\*+/, '') : undefined,
	};
}

function desiredWebhook(context: IHookFunctions, address: string): Webhook {
	const allow_events = subscribedEvents(context);
	if (allow_events.length === 0) {
		const hint = 'If none is selected, nothing starts this workflow.';
		throw parameterError(context, 'Events', 'chosen', hint);
	}
	return { webhook_url: address, active: 1, allow_events };
}

/**
 * Sets the merchant's webhook, always with a secret: no document says whether one may be left out,
 * nor whether leaving it out keeps the one before.
 */
async function write(context: IHookFunctions, webhook: Webhook, secret = newSecret()) {
	await setWebhook.call(context, { ...webhook, auth_type: 'SECRET_KEY', secret_key: secret });
}

/** Whether the secret that Bank Hub shows the end of may be this one. */
const isSameSecret = (shown: CurrentWebhook, secret = '') =>
	!!shown.ending && secret.endsWith(shown.ending.slice(-4));

const isAt = (shown: CurrentWebhook | undefined, address: string): shown is CurrentWebhook =>
	isSameUrl(shown?.webhook.webhook_url, address);

function isUpToDate(shown: CurrentWebhook | undefined, wanted: Webhook, secret?: string): boolean {
	const plain = ({ active, allow_events }: Webhook) =>
		JSON.stringify([active, [...allow_events].sort()]);
	return (
		isAt(shown, wanted.webhook_url) &&
		plain(shown.webhook) === plain(wanted) &&
		isSameSecret(shown, secret)
	);
}

/** Of the addresses of this node one may be set: before n8n moved, or for a test. */
function isOwnUrl(url: string, address: string, state: WebhookState): boolean {
	const placeOf = (one: string) => {
		const { origin, pathname } = new URL(one);
		return [origin, ...pathname.split('/').slice(-2)].join('/');
	};
	return (
		[state.production, state.test].some((known) => isSameUrl(known?.address, url)) ||
		(URL.canParse(url) && placeOf(url) === placeOf(address))
	);
}

function assertReplaceable(context: IHookFunctions, { webhook }: CurrentWebhook): void {
	if (webhook.active === 0 || context.getNodeParameter('replaceExisting') === true) return;
	const message = `Bank Hub already sends the events of this merchant to ${webhook.webhook_url}`;
	const description =
		'A merchant has only one webhook. Turn that one off at Bank Hub, or turn on Replace Existing Webhook, which restores it when you unpublish.';
	throw new NodeOperationError(context.getNode(), message, { description });
}

const lockKeyOf = (context: IHookFunctions) =>
	`webhook of ${context.getNode().credentials?.sePayBankHubApi?.id}`;

const memoryKeyOf = (context: IHookFunctions, kind: 'production' | 'test') =>
	`${triggerKey(context)} ${kind}`;

/**
 * Whether the merchant's webhook already is as this node wants it.
 *
 * @throws NodeOperationError when Bank Hub could not deliver to n8n's address, or the credential for
 * balance changes holds no API key
 */
const checkExists = withWholeMessage(async function () {
	const state = ensureState<WebhookState>(this);
	if (!isEventTrigger(this)) {
		await assertApiKey(this);
		if (isCatchUpEnabled(this)) state.after ??= toBankTime(Date.now());
		return true;
	}
	const address = webhookUrlOf(this, 'SePay');
	const kind = registrationKind(this, state, address);
	// Kept even when what follows fails: n8n then calls delete, which must know a test by it.
	if (kind === 'test') state.test ??= { address };
	const wanted = desiredWebhook(this, address);
	if (!isUpToDate(await readCurrentWebhook(this), wanted, state.secret)) return false;
	state[kind] ??= registered.get(memoryKeyOf(this, kind)) ?? { address };
	return true;
});

async function assertApiKey(context: IHookFunctions): Promise<void> {
	const { authenType } = await context.getCredentials('sePayWebhookApi');
	if (authenType === 'Api_Key') return;
	const message = 'The SePay Webhook credential must contain an API key';
	const description =
		'SePay authenticates balance changes with an API key. Choose API Key in the credential.';
	throw new NodeOperationError(context.getNode(), message, { description });
}

/**
 * Sets the merchant's webhook to this node; n8n calls it when {@link checkExists} found it otherwise.
 * What another one had set there is kept, to be put back.
 *
 * @throws NodeOperationError when an active webhook has another address and may not be replaced
 * @throws NodeApiError with SePay's reason
 */
const create = withWholeMessage(async function () {
	return await withLock(lockKeyOf(this), async () => {
		const state = ensureState<WebhookState>(this);
		const address = webhookUrlOf(this, 'SePay');
		const kind = registrationKind(this, state, address);
		const wanted = desiredWebhook(this, address);
		const memory = memoryKeyOf(this, kind);
		const shown = await readCurrentWebhook(this);
		// What a test that still listens has found would be lost with it.
		const listening = kind === 'test' ? undefined : registered.get(memoryKeyOf(this, 'test'));
		const found = listening && isAt(shown, listening.address) ? listening.earlier : shown;
		const isOwn = !!found && isOwnUrl(found.webhook.webhook_url, address, state);
		if (found && !isOwn) assertReplaceable(this, found);

		// A test puts back what was there in production, and another test nothing.
		const isBack = kind === 'test' ? isAt(found, address) : isOwn;
		const known = state[kind]?.earlier ?? registered.get(memory)?.earlier;
		const registration = { address, earlier: isBack ? known : found };
		try {
			await write(this, wanted, state.secret);
		} catch (error) {
			// The answer may have been lost on its way.
			const now = await readCurrentWebhook(this).catch(() => undefined);
			if (!isUpToDate(now, wanted, state.secret)) throw new NodeApiError(this.getNode(), error);
		}
		state[kind] = registration;
		registered.set(memory, registration);
		return true;
	});
});

/**
 * Puts back what was set before this node, or switches the webhook off; touches nothing when another
 * address has been set meanwhile.
 *
 * @throws NodeApiError when SePay did not take it, so that n8n tries again
 */
const remove = withWholeMessage(async function () {
	if (!isEventTrigger(this)) return true;
	return await withLock(lockKeyOf(this), async () => {
		const state = readState<WebhookState>(this);
		const address = this.getNodeWebhookUrl('default') ?? '';
		const kind = registrationKind(this, state ?? {}, address);
		const memory = memoryKeyOf(this, kind);
		const registration = state?.[kind] ?? registered.get(memory);
		if (registration && isAt(await readCurrentWebhook(this), registration.address)) {
			await restoreWebhook(this, registration, state?.secret);
		}
		if (state) delete state[kind];
		registered.delete(memory);
		return true;
	});
});

async function restoreWebhook(
	context: IHookFunctions,
	{ address, earlier }: Registration,
	secret: string | undefined,
): Promise<void> {
	const off: Webhook = { webhook_url: address, active: 0, allow_events: [] };
	if (!earlier) return await write(context, off, secret);
	const isOwn = isSameSecret(earlier, secret);
	await write(context, earlier.webhook, isOwn ? secret : undefined);
	if (earlier.ending === undefined || isOwn) return;
	context.logger.warn(
		`SePay Bank Hub Trigger restored the webhook to ${earlier.webhook.webhook_url} with a random secret, because Bank Hub does not show the old one. Set its secret again.`,
		{ workflowId: context.getWorkflow().id, nodeName: context.getNode().name },
	);
}

/** What n8n calls when the workflow is published and unpublished, and around a test. */
export const webhookMethods = { checkExists, create, delete: remove };
