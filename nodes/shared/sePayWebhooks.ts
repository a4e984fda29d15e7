import {
	NodeApiError,
	NodeOperationError,
	type IAllExecuteFunctions,
	type IDataObject,
	type IHookFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { inTurn } from './inTurn';
import { collectRows } from './paging';
import { unreadable } from './refusals';
import { callSePay, pageReader, readObject, sePay } from './sePay';
import { canonicalUrl, exactNumber, flag, isSameUrl, typed } from './values';

/** The one condition under which SePay can repeat a delivery. */
const RETRY_CONDITION = 'non_2xx_status_code';

/** Names without a dot or of local networks, and the private ranges of IPv4 and IPv6. */
const PRIVATE_HOST =
	/^([^.[]+|.*\.(localhost|local|internal|lan|home\.arpa)|(0|10|127)(\.\d+){3}|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}|169\.254(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|192\.168(\.\d+){2}|\[(::|f[cd]|fe[89ab]).*\])$/i;

/**
 * Why SePay would refuse to deliver to this address, in words that follow the name of the field;
 * undefined when it would not (reference: "Address rules").
 *
 * @param longest the most characters that SePay takes
 * @param needsHttps whether an address without encryption is refused
 */
export function addressObjection(
	address: string,
	longest = 300,
	needsHttps = true,
): string | undefined {
	const scheme = needsHttps ? 'https://' : 'https:// or http://';
	if (!URL.canParse(address))
		return 'an absolute address such as https://n8n.example.com/webhook/1';
	const { protocol, hostname } = new URL(address);
	if (!scheme.split(' or ').includes(`${protocol}//`))
		return `an address that begins with ${scheme}`;
	if (PRIVATE_HOST.test(hostname.replace(/\.$/, '')))
		return 'a public address: SePay cannot reach this network';
	return address.length > longest ? `at most ${longest} characters long` : undefined;
}

/**
 * The address that n8n has for the node, in production or for a test.
 *
 * @param otherWay what to do instead, where there is something
 * @throws NodeOperationError when SePay could not deliver to it
 */
export function addressOf(context: IHookFunctions, otherWay?: string): string {
	const address = context.getNodeWebhookUrl('default') ?? '';
	const wanted = addressObjection(address);
	if (!wanted) return address;
	throw new NodeOperationError(context.getNode(), `The webhook address of n8n must be ${wanted}`, {
		description: `It is ${address}. Set WEBHOOK_URL of n8n to the address under which the internet reaches it${otherWay ? `, or ${otherWay}` : ''}.`,
	});
}

/** A webhook with numbers as numbers and flags as booleans, whichever way SePay sent them. */
export function toWebhook(row: IDataObject): IDataObject {
	return typed(row, {
		numbers: [
			'id',
			'bank_account_id',
			'bank_account_ids',
			'bank_sub_account_ids',
			'alert_threshold',
			'alert_channel_ids',
		],
		flags: ['is_verify_payment', 'skip_if_no_code', 'only_va', 'active'],
	});
}

/** Whether SePay is to repeat deliveries, of a list or a map as `retry_conditions`. */
export function isRetryOn(conditions: unknown): boolean {
	return Array.isArray(conditions)
		? conditions.includes(RETRY_CONDITION)
		: flag(Object(conditions)[RETRY_CONDITION]) === true;
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
 * @throws NodeApiError of the last call
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
	const sent = request.body as IDataObject;
	const address = String(sent.webhook_url);
	const sendBody = async (body: IDataObject) => {
		const expected = 'the ID of the new webhook';
		const answer = await callSePay.call(this, { ...request, body }, expected);
		const id = exactNumber((answer.data as IDataObject)?.id ?? answer.id);
		if (typeof id === 'number') return id;
		throw unreadable({ node: this.getNode(), service: sePay, request }, expected, answer);
	};
	const create = async () => {
		const look = !evenIfAddressExists || 'retry_conditions' in sent;
		const existing = look ? await findWebhooks.call(this, address) : [];
		if (existing.length > 0 && !evenIfAddressExists) {
			const [{ id, name }] = existing;
			const message = `Webhook ${id} ("${name}") already delivers to ${address}`;
			const description =
				'Each payment would arrive twice. Update that webhook, or switch on Create Even If Address Exists.';
			throw new NodeApiError(this.getNode(), {}, { message, description, httpCode: '409' });
		}
		const known = existing.map(({ id }) => exactNumber(id));
		return await sendInEitherForm(sent, sendBody, async () => {
			if (!look) return undefined;
			const now = await findWebhooks.call(this, address);
			const made = now.find(({ id }) => !known.includes(exactNumber(id)));
			if (!made) return undefined;
			const id = exactNumber(made.id) as number;
			const url = `/webhooks/${id}`;
			await updateWebhook.call(this, { method: 'PATCH', url, body: sent }, id);
			return id;
		});
	};
	const id = await inTurn(`webhook at ${canonicalUrl(address)}`, create);
	return await readBack.call(this, id, sent);
}

/** Changes a webhook and reads it back. */
export async function updateWebhook(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
	id: number,
): Promise<IDataObject> {
	const sent = request.body as IDataObject;
	await sendInEitherForm(
		sent,
		async (body) => await callSePay.call(this, { ...request, body }),
		// The same values once more change nothing.
		async () => undefined,
	);
	return await readBack.call(this, id, sent);
}

/**
 * Deletes a webhook; one that is gone already is fine.
 *
 * @throws NodeApiError when SePay did not delete it
 */
export async function deleteWebhook(this: IAllExecuteFunctions, id: unknown): Promise<void> {
	const request = { method: 'DELETE' as const, url: `/webhooks/${String(id)}` };
	await callSePay.call(this, request).catch((error) => {
		if (error.httpCode !== '404') throw error;
	});
}

async function readBack(this: IAllExecuteFunctions, id: number, sent: IDataObject) {
	try {
		return await readObject.call(this, { url: `/webhooks/${id}` });
	} catch {
		// The change has been made: to report it as not made, for want of webhook:read, would be wrong.
		return { id, ...sent };
	}
}
