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
import { exactNumber, isSameUrl, typed } from './values';

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

/**
 * The webhooks with this address. All are read and compared here: SePay may write an address in
 * another way than it was given, and no document says how its own filter compares.
 */
export async function findWebhooks(
	this: IAllExecuteFunctions,
	address: string,
): Promise<IDataObject[]> {
	return await collectRows(pageReader.call(this, { url: '/webhooks' }), Infinity, (row) =>
		isSameUrl(row.webhook_url, address),
	);
}

/**
 * Creates a webhook and reads it back, since SePay answers with its ID alone.
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
	const create = async () => {
		const [existing] = evenIfAddressExists ? [] : await findWebhooks.call(this, address);
		if (existing) {
			const message = `Webhook ${existing.id} ("${existing.name}") already delivers to ${address}`;
			const description =
				'Each payment would arrive twice. Update that webhook, or switch on Create Even If Address Exists.';
			throw new NodeApiError(this.getNode(), {}, { message, description, httpCode: '409' });
		}
		const expected = 'the ID of the new webhook';
		const answer = await callSePay.call(this, request, expected);
		const id = exactNumber((answer.data as IDataObject)?.id ?? answer.id);
		if (typeof id === 'number') return id;
		throw unreadable({ node: this.getNode(), service: sePay, request }, expected, answer);
	};
	const id = await inTurn(`webhook at ${address}`, create);
	return await readBack.call(this, id, sent);
}

/** Changes a webhook and reads it back. */
export async function updateWebhook(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
	id: number,
): Promise<IDataObject> {
	await callSePay.call(this, request);
	return await readBack.call(this, id, request.body as IDataObject);
}

async function readBack(this: IAllExecuteFunctions, id: number, sent: IDataObject) {
	try {
		return await readObject.call(this, { url: `/webhooks/${id}` });
	} catch {
		// The change has been made: to report it as not made, for want of webhook:read, would be wrong.
		return { id, ...sent };
	}
}
