import {
	NodeApiError,
	type IAllExecuteFunctions,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { asBoolean, asInteger, asSent, type ValueType } from '../operations/output';
import { unexpectedBodyError } from '../transport/errors';
import { withLock } from '../transport/mutex';
import { collectRows } from '../transport/paging';
import { canonicalUrl, fieldsOf, isSameUrl, toBoolean, toExactNumber } from '../values';
import { callSePay, pageReader, readObject, sePay } from './oAuth2Api';

/** The one condition under which SePay can repeat a delivery. */
const RETRY_CONDITION = 'non_2xx_status_code';

const asIntegers: ValueType = {
	convert: (value) =>
		Array.isArray(value) ? Array.from(value, toExactNumber) : asInteger.convert(value),
	schema: { type: 'array', items: { type: 'integer' } },
};

/** A webhook with numbers as numbers and flags as booleans, whichever way SePay sent them. */
export const parseWebhook = asSent({
	id: asInteger,
	bank_account_id: asInteger,
	bank_account_ids: asIntegers,
	bank_sub_account_ids: asIntegers,
	alert_threshold: asInteger,
	alert_channel_ids: asIntegers,
	is_verify_payment: asBoolean,
	skip_if_no_code: asBoolean,
	only_va: asBoolean,
	active: asBoolean,
});

/** Whether SePay is to repeat deliveries, of a list or a map as `retry_conditions`. */
export function isRetryOn(conditions: unknown): boolean {
	return Array.isArray(conditions)
		? conditions.includes(RETRY_CONDITION)
		: toBoolean(Object(conditions)[RETRY_CONDITION]) === true;
}

/** `retry_conditions` of a request, in the form that SePay is sent first. */
export const retryConditions = (isOn: boolean) => (isOn ? [RETRY_CONDITION] : []);

/** The webhooks of the company. */
export async function listWebhooks(this: IAllExecuteFunctions): Promise<IDataObject[]> {
	return await collectRows(pageReader.call(this, { url: '/webhooks' }), Infinity);
}

/**
 * The webhooks with this address. All are read and compared here: SePay may write an address in
 * another way than it was given, and no document says how its own filter compares.
 */
export async function findWebhooks(
	this: IAllExecuteFunctions,
	address: string,
): Promise<IDataObject[]> {
	const webhooks = await listWebhooks.call(this);
	return webhooks.filter((row) => isSameUrl(row.webhook_url, address));
}

/**
 * Sends a webhook with `retry_conditions` as a list, which a live client found to be right, and when
 * SePay cannot take that as a map, which is what its documents show.
 *
 * @param found what became of a call that ended with HTTP 500; undefined when SePay did nothing
 */
async function sendInEitherForm<T>(
	body: IDataObject,
	sendBody: (body: IDataObject) => Promise<T>,
	found: () => Promise<T | undefined>,
): Promise<T> {
	return await sendBody(body).catch(async (error) => {
		const isUnclear = error.httpCode === '500';
		const isForm = isUnclear || /retry_conditions/.test(error.message);
		const made = isUnclear ? await found() : undefined;
		if (made !== undefined) return made;
		if (!isForm || !Array.isArray(body.retry_conditions)) throw error;
		const map = { [RETRY_CONDITION]: Number(isRetryOn(body.retry_conditions)) };
		return await sendInEitherForm({ ...body, retry_conditions: map }, sendBody, found);
	});
}

/**
 * Creates a webhook and reads it back, since SePay answers with its ID alone. When SePay answers with
 * HTTP 500, it is looked for before it is sent once more, so that there is never a second one.
 *
 * @param request the declared POST with a complete body
 * @param evenIfAddressExists otherwise the address is looked for first, which needs `webhook:read`
 * @returns the whole webhook; what was sent and the ID when it cannot be read back
 * @throws NodeApiError when a webhook has the address already
 */
export async function createWebhook(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
	evenIfAddressExists: boolean,
): Promise<IDataObject> {
	const sent = fieldsOf(request.body);
	const address = String(sent.webhook_url);
	const sendBody = async (body: IDataObject) => {
		const expected = 'the ID of the new webhook';
		const answer = await callSePay.call(this, { ...request, body }, expected);
		const id = toExactNumber(fieldsOf(answer.data).id ?? answer.id);
		if (typeof id === 'number') return id;
		throw unexpectedBodyError({ node: this.getNode(), service: sePay, request }, expected, answer);
	};
	const create = async () => {
		const look = !evenIfAddressExists || 'retry_conditions' in sent;
		const existing = look ? await findWebhooks.call(this, address) : [];
		if (existing.length > 0 && !evenIfAddressExists) {
			const [{ id, name }] = existing;
			const message = `Webhook ${id} ("${name}") already delivers to ${address}`;
			const description =
				'SePay would deliver each payment twice. Update that webhook, or turn on Create Even If URL Exists.';
			throw new NodeApiError(this.getNode(), {}, { message, description, httpCode: '409' });
		}
		const known = existing.map(({ id }) => toExactNumber(id));
		return await sendInEitherForm(sent, sendBody, async () => {
			if (!look) return undefined;
			const now = await findWebhooks.call(this, address);
			const made = now.find(({ id }) => !known.includes(toExactNumber(id)));
			if (!made) return undefined;
			const id = toExactNumber(made.id) as number;
			const url = `/webhooks/${id}`;
			await updateWebhook.call(this, { method: 'PATCH', url, body: sent }, id);
			return id;
		});
	};
	const id = await withLock(`webhook at ${canonicalUrl(address)}`, create);
	return await readWebhookBack.call(this, id, sent);
}

/** Changes a webhook and reads it back. */
export async function updateWebhook(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
	id: number,
): Promise<IDataObject> {
	const sent = fieldsOf(request.body);
	await sendInEitherForm(
		sent,
		async (body) => await callSePay.call(this, { ...request, body }),
		// The same values once more change nothing.
		async () => undefined,
	);
	return await readWebhookBack.call(this, id, sent);
}

/** Deletes a webhook; one that is gone already is fine. @throws NodeApiError when SePay did not delete it */
export async function deleteWebhook(this: IAllExecuteFunctions, id: unknown): Promise<void> {
	const request = { method: 'DELETE' as const, url: `/webhooks/${String(id)}` };
	await callSePay.call(this, request).catch((error) => {
		if (error.httpCode !== '404') throw error;
	});
}

/** The webhook as it is now; without webhook:read what is known of it, since the change has been made. */
async function readWebhookBack(this: IAllExecuteFunctions, id: number, sent: IDataObject) {
	return await readObject.call(this, { url: `/webhooks/${id}` }).catch(() => ({ id, ...sent }));
}
