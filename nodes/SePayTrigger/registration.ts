import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { readForm, required } from '../shared/operations/fields';
import { pageReader, readObject } from '../shared/sePay/oAuth2Api';
import {
	bankAccounts,
	eventType,
	prefixFilters,
	skipIfNoCode,
	subAccounts,
} from '../shared/sePay/webhookFields';
import {
	createWebhook,
	deleteWebhook,
	isRetryOn,
	listWebhooks,
	parseWebhook,
	retryConditions,
	updateWebhook,
} from '../shared/sePay/webhooks';
import { collectRows } from '../shared/transport/paging';
import { ensureState, readState, registrationKind } from '../shared/triggers/triggerState';
import { withWholeMessage } from '../shared/triggers/wholeMessage';
import { webhookUrlOf } from '../shared/triggers/webhookUrl';
import { isSameUrl, toBankTime, toExactNumber } from '../shared/values';
import { isByHand, isCatchUpEnabled } from './catchUp';
import type { Registration, WebhookState } from './state';

const LONGEST_LOOK_BACK_MS = 168 * 60 * 60 * 1000;

const registered = (address: string, { id, webhook_url }: IDataObject): Registration => ({
	address,
	id: toExactNumber(id) as number,
	shown: String(webhook_url),
});

/** For an n8n that SePay cannot reach. */
const ALTERNATIVE = 'use the SePay Polling Trigger, which needs no URL';

/** Ends the name of each webhook of this workflow, so that it is known again. */
const nameSuffix = (context: IHookFunctions) => `(n8n ${context.getWorkflow().id})`;

const form = {
	main: [eventType, ...required(...bankAccounts)],
	additionalFields: [prefixFilters, skipIfNoCode, ...required(...subAccounts)],
};

function desiredWebhook(context: IHookFunctions, address: string, { secret }: WebhookState) {
	const kind = context.getNodeParameter('authenType');
	const name = `${context.getWorkflow().name ?? 'Workflow'}`.slice(0, 200);
	const chosen = readForm(context, form);
	return {
		name: `${name} ${nameSuffix(context)}`,
		webhook_url: address,
		// What has been taken out of the form is off at SePay, too.
		va_mode: 'all',
		only_va: chosen.va_mode === 'list' ? 1 : 0,
		skip_if_no_code: 0,
		prefix_filters: [],
		...chosen,
		authen_type: kind,
		...(kind === 'HMAC_SHA256' && { secret_key: secret }),
		...(kind === 'Api_Key' && { api_key: secret }),
		request_content_type: 'Json',
		is_verify_payment: 1,
		active: 1,
		retry_conditions: retryConditions(true),
	};
}

function isUpToDate(row: IDataObject, wanted: IDataObject): boolean {
	const present = parseWebhook(row);
	return Object.entries(wanted).every(([name, value]) => {
		if (name === 'retry_conditions') return isRetryOn(present[name]);
		if (name === 'webhook_url') return isSameUrl(present[name], value);
		const shown = typeof present[name] === 'boolean' ? Number(present[name]) : present[name];
		const [a, b] = [shown, value].map((one) => (Array.isArray(one) ? [...one].sort() : one));
		return JSON.stringify(a) === JSON.stringify(b);
	});
}

/**
 * The webhooks at SePay that are this node's to change: the one that it made, unless a person gave
 * that another address, first, then all others with its address.
 */
async function webhooksOf(context: IHookFunctions, address: string, registration?: Registration) {
	const all = await listWebhooks.call(context);
	const isMade = ({ id }: IDataObject) => toExactNumber(id) === registration?.id;
	const addresses = [address, registration?.address, registration?.shown];
	const isHere = ({ webhook_url }: IDataObject) =>
		addresses.some((one) => one !== undefined && isSameUrl(webhook_url, one));
	const made = all.find(isMade) ?? (await readWebhook(context, registration?.id));
	const others = all.filter((row) => !isMade(row) && isSameUrl(row.webhook_url, address));
	return made && isHere(made) ? [made, ...others] : others;
}

/** The webhook with that ID, which a list may lack; undefined when it is gone. */
async function readWebhook(context: IHookFunctions, id: number | undefined) {
	if (id === undefined) return undefined;
	return await readObject.call(context, { url: `/webhooks/${id}` }).catch((error) => {
		if (error.httpCode !== '404') throw error;
		return undefined;
	});
}

/**
 * Where catching up begins: without it, publishing would start the workflow for old payments. All that
 * could ever be looked back at is read, since the newest may stand anywhere in SePay's list.
 */
async function initializeCatchUp(context: IHookFunctions, state: WebhookState): Promise<void> {
	if (state.after !== undefined || !isCatchUpEnabled(context)) return;
	const from_date = toBankTime(Date.now() - LONGEST_LOOK_BACK_MS).slice(0, 10);
	const request = { url: '/transactions', qs: { from_date } };
	const rows = await collectRows(pageReader.call(context, request), Infinity);
	const ids = rows.map(({ id }) => toExactNumber(id)).filter((id) => typeof id === 'number');
	state.after = ids.reduce((highest, id) => Math.max(highest, id), 0);
}

/** The same by hand, where what comes while the node does not catch up is not known by what it is. */
function noteTime(context: IHookFunctions): void {
	if (context.getActivationMode() === 'manual') return;
	if (isCatchUpEnabled(context))
		ensureState<WebhookState>(context).afterTime ??= toBankTime(Date.now());
	else delete readState<WebhookState>(context)?.afterTime;
}

/**
 * Finds the webhook of this node at SePay, by its ID or its address, and brings it up to date in
 * place. More than one with the address would deliver each payment twice: the others go.
 *
 * @returns whether there is one
 * @throws NodeOperationError when SePay could not deliver to n8n's address
 */
const checkExists = withWholeMessage(async function () {
	if (isByHand(this)) {
		noteTime(this);
		return true;
	}
	const state = ensureState<WebhookState>(this);
	const address = webhookUrlOf(this, 'SePay', ALTERNATIVE);
	const kind = registrationKind(this, state, address);
	// Kept even when what follows fails: n8n then calls delete, which must know a test run by it.
	state[kind] = { ...state[kind], address: state[kind]?.address ?? address };
	const [first, ...others] = await webhooksOf(this, address, state[kind]);
	if (kind === 'production') await initializeCatchUp(this, state);
	const wanted = desiredWebhook(this, address, state);
	if (!first) return false;
	const id = toExactNumber(first.id) as number;
	let shown = first;
	if (!isUpToDate(first, wanted)) {
		const request = { method: 'PATCH' as const, url: `/webhooks/${id}`, body: wanted };
		shown = await updateWebhook.call(this, request, id);
	}
	for (const row of others) await deleteWebhook.call(this, row.id);
	state[kind] = registered(address, shown);
	return true;
});

/**
 * Creates the webhook of this node; n8n calls it when {@link checkExists} found none.
 *
 * @throws NodeApiError with SePay's reason; nothing is left at SePay then
 */
const create = withWholeMessage(async function () {
	const state = ensureState<WebhookState>(this);
	const address = webhookUrlOf(this, 'SePay', ALTERNATIVE);
	const kind = registrationKind(this, state, address);
	const body = desiredWebhook(this, address, state);
	const request = { method: 'POST' as const, url: '/webhooks', body };
	state[kind] = registered(address, await createWebhook.call(this, request, true));
	return true;
});

/**
 * Removes the webhook of this node; one that is gone already is fine.
 *
 * @throws NodeApiError when SePay did not remove it, so that n8n tries again
 */
const remove = withWholeMessage(async function () {
	if (isByHand(this)) return true;
	const state = readState<WebhookState>(this);
	const address = this.getNodeWebhookUrl('default') ?? '';
	const kind = state ? registrationKind(this, state, address) : 'production';
	const registration = state?.[kind];
	for (const { id, name } of await webhooksOf(this, address, registration)) {
		const isMine =
			toExactNumber(id) === registration?.id || String(name).endsWith(nameSuffix(this));
		if (isMine) await deleteWebhook.call(this, id);
	}
	if (state) delete state[kind];
	return true;
});

/** What n8n calls when the workflow is published and unpublished, and around a test. */
export const webhookMethods = { checkExists, create, delete: remove };
