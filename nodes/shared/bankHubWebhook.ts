import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { bankHub, callBankHub, readObject } from './bankHub';
import { isObject } from './envelopes';
import { unreadable } from './refusals';

/** The events that SePay tells of, as they are subscribed to. */
export const EVENTS = [
	'BANK_ACCOUNT_INACTIVATED',
	'BANK_ACCOUNT_LINKED',
	'BANK_ACCOUNT_UNLINKED',
	'LINK_SESSION_ABANDONED',
	'LINK_SESSION_COMPLETED',
	'LINK_SESSION_EXPIRED',
	'LINK_SESSION_FAILED',
	'LINK_SESSION_INITIALIZED',
	'LINK_SESSION_REINITIALIZED',
	'LINK_SESSION_STATE_CHANGED',
	'LINK_TOKEN_CREATED',
	'LINK_TOKEN_EXPIRED',
	'LINK_TOKEN_REVOKED',
];

/**
 * The one webhook of the merchant, to which SePay tells what becomes of links.
 *
 * @returns `secret_key` masked to its end; undefined when none has been set
 */
export async function readWebhook(this: IAllExecuteFunctions): Promise<IDataObject | undefined> {
	const request: IHttpRequestOptions = { method: 'GET', url: '/v1/webhook' };
	const expected = 'the webhook under "data"';
	const envelope = await callBankHub.call(this, request, expected);
	const { data } = envelope;
	if (data === null || (Array.isArray(data) && data.length === 0)) return undefined;
	if (isObject(data)) return masked(data);
	throw unreadable({ node: this.getNode(), service: bankHub, request }, expected, data, envelope);
}

/**
 * Puts a webhook in the place of the one that the merchant has: what is not given is as if it had
 * never been.
 *
 * @param webhook the fields of SePay's request
 * @returns what SePay has set, `secret_key` masked to its end
 */
export async function setWebhook(
	this: IAllExecuteFunctions,
	webhook: IDataObject,
): Promise<IDataObject> {
	const request: IHttpRequestOptions = { method: 'POST', url: '/v1/webhook', body: webhook };
	return masked(await readObject.call(this, request));
}

/** SePay shows a new secret whole; it is masked as SePay does when it shows it again. */
function masked(webhook: IDataObject): IDataObject {
	const { secret_key } = webhook;
	if (typeof secret_key !== 'string' || secret_key.startsWith('***')) return webhook;
	const end = secret_key.length < 12 ? '' : secret_key.slice(-4);
	return { ...webhook, secret_key: `***${end}` };
}
