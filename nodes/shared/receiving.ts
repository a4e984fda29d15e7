import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

/** What the service was told is received, in the words it waits for. */
export const RECEIVED = { success: true };

/** Webhook bodies are far smaller; a larger one is not looked at. */
const LARGEST_BODY = 1024 * 1024;
const MAX_FIELDS = 100;
/** Objects within objects. */
const MAX_DEPTH = 3;
const UNSAFE_NAMES = ['__proto__', 'constructor', 'prototype'];

interface Delivered {
	rawBody?: Buffer;
	/** n8n's own reader, there in every supported release. */
	readRawBody?: () => Promise<void>;
}

/**
 * The bytes of a delivery as they came. n8n leaves them unread for nodes of version 1 that carry
 * the parameter `options.binaryData`; otherwise it takes multipart bodies apart, and the bytes that
 * a signature covers are lost.
 *
 * @returns undefined when the body cannot be read or is larger than one megabyte
 */
export async function rawBodyOf(this: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = this.getRequestObject() as unknown as Delivered;
	if (Number(this.getHeaderData()['content-length'] ?? 0) > LARGEST_BODY) return undefined;
	try {
		await request.readRawBody?.();
	} catch {
		return undefined;
	}
	const body = request.rawBody ?? Buffer.alloc(0);
	return body.length > LARGEST_BODY ? undefined : body;
}

/**
 * The fields of a body in JSON, form or multipart.
 *
 * @returns undefined when it is none of these, or holds no object
 */
export async function fieldsOf(
	body: Buffer,
	contentType: string,
): Promise<IDataObject | undefined> {
	const type = contentType.split(';')[0].trim().toLowerCase();
	try {
		if (type === 'application/x-www-form-urlencoded') {
			return fromEntries(new URLSearchParams(body.toString('utf8')));
		}
		if (type === 'multipart/form-data') {
			const response = new Response(new Uint8Array(body), {
				headers: { 'content-type': contentType },
			});
			return fromEntries(await response.formData());
		}
		// A JSON body is taken as such, whatever it is called.
		const parsed: unknown = JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
		if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
		return fromEntries(Object.entries(parsed));
	} catch {
		return undefined;
	}
}

/**
 * The plain values and objects of them, which is all that a delivery of SePay has. A field called
 * `__proto__` must not become the prototype of what is handed on, nor a file or a deep structure go
 * into an execution.
 *
 * @returns undefined when there are more than {@link MAX_FIELDS} on all levels together
 */
function fromEntries(entries: Iterable<[string, unknown]>): IDataObject | undefined {
	let count = 0;
	const collect = (some: Iterable<[string, unknown]>, depth: number): IDataObject => {
		const fields: IDataObject = {};
		for (const [name, value] of some) {
			if (++count > MAX_FIELDS) break;
			const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
			if (UNSAFE_NAMES.includes(name)) continue;
			if (isPlain) fields[name] = value as IDataObject[string];
			else if (isNested(value) && depth < MAX_DEPTH) {
				fields[name] = collect(Object.entries(value), depth + 1);
			}
		}
		return fields;
	};
	const fields = collect(entries, 0);
	return count > MAX_FIELDS ? undefined : fields;
}

const isNested = (value: unknown): value is object =>
	typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;

/** The answer to a delivery that is not taken, sent at once; nothing is started. */
export function refuse(
	context: IWebhookFunctions,
	status: 400 | 401 | 413 | 500,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ success: false, message });
	return { noWebhookResponse: true };
}

/** No answer at all, for a sender that repeats nothing else. */
export function breakOff(context: IWebhookFunctions): IWebhookResponseData {
	context.getResponseObject().destroy();
	return { noWebhookResponse: true };
}

/** The answer to a delivery that is taken but starts nothing. */
export function receivedOnly(): IWebhookResponseData {
	return { webhookResponse: RECEIVED };
}

/** Starts the workflow; n8n sends the answer once it has stored the execution. */
export function starting(item: INodeExecutionData): IWebhookResponseData {
	return { webhookResponse: RECEIVED, workflowData: [[item]] };
}
