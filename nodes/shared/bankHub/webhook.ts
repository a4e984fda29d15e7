import type {
	IAllExecuteFunctions,
	IDataObject,
	IHttpRequestOptions,
	INodePropertyOptions,
} from 'n8n-workflow';
import { labelOf } from '../operations/fields';
import { unexpectedBodyError } from '../transport/errors';
import { isObject } from '../values';
import { bankHub, callBankHub, readObject } from './api';

/** Stands for all events, those too that SePay has yet to name. */
export const ALL_EVENTS = '*';

const EVENT_DESCRIPTIONS: Record<string, string> = {
	BANK_ACCOUNT_INACTIVATED: 'SePay deactivated a linked account',
	BANK_ACCOUNT_LINKED: 'A bank account was linked',
	BANK_ACCOUNT_UNLINKED: 'The customer ended the link at the bank',
	LINK_SESSION_ABANDONED: 'The customer left before finishing',
	LINK_SESSION_COMPLETED: 'The customer linked or unlinked an account',
	LINK_SESSION_EXPIRED: 'The session timed out',
	LINK_SESSION_FAILED: 'Linking or unlinking failed',
	LINK_SESSION_INITIALIZED: 'The customer opened the link',
	LINK_SESSION_REINITIALIZED: 'The customer opened the link again',
	LINK_SESSION_STATE_CHANGED: 'The customer moved to another step',
	LINK_TOKEN_CREATED: 'A link token was created',
	LINK_TOKEN_EXPIRED: 'A link token expired unused',
	LINK_TOKEN_REVOKED: 'A link token was revoked',
};

/** The events that SePay tells of, as they are subscribed to. */
export const EVENTS = Object.keys(EVENT_DESCRIPTIONS);

/** The same to choose from. */
export const eventOptions: INodePropertyOptions[] = Object.entries(EVENT_DESCRIPTIONS).map(
	([value, description]) => ({ name: labelOf(value.toLowerCase()), value, description }),
);

/** The merchant's one webhook, told what becomes of links; `secret_key` masked to its end, undefined when none is set. */
export async function readWebhook(this: IAllExecuteFunctions): Promise<IDataObject | undefined> {
	const request: IHttpRequestOptions = { method: 'GET', url: '/v1/webhook' };
	const expected = 'the webhook under "data"';
	const envelope = await callBankHub.call(this, request, expected);
	const { data } = envelope;
	if (data === null || (Array.isArray(data) && data.length === 0)) return undefined;
	if (isObject(data)) return maskSecret(data);
	const context = { node: this.getNode(), service: bankHub, request };
	throw unexpectedBodyError(context, expected, data, envelope);
}

/** Replaces the merchant's webhook: what is not given is gone. The answer's `secret_key` is masked to its end. */
export async function setWebhook(
	this: IAllExecuteFunctions,
	webhook: IDataObject,
): Promise<IDataObject> {
	const request: IHttpRequestOptions = { method: 'POST', url: '/v1/webhook', body: webhook };
	return maskSecret(await readObject.call(this, request));
}

/** SePay shows a new secret whole; it is masked as SePay does when it shows it again. */
function maskSecret(webhook: IDataObject): IDataObject {
	const { secret_key } = webhook;
	if (typeof secret_key !== 'string' || secret_key.startsWith('***')) return webhook;
	const end = secret_key.length < 12 ? '' : secret_key.slice(-4);
	return { ...webhook, secret_key: `***${end}` };
}
