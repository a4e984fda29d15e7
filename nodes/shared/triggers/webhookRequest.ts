import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { isObject } from '../values';

/** What the service was told is received, in the words it waits for. */
export const SUCCESS_BODY = { success: true };

/** How large a delivery may be. */
export interface BodyLimits {
	/** A larger body is not looked at. */
	bytes: number;
	/** On all levels together. */
	fields: number;
	/** Objects within objects; what is deeper is left out. */
	depth: number;
	/** Whether lists are handed on; else they are left out. */
	lists: boolean;
}

/** Of a delivery of SePay, which has plain values and objects of them. */
export const DEFAULT_BODY_LIMITS: BodyLimits = {
	bytes: 1024 * 1024,
	fields: 100,
	depth: 3,
	lists: false,
};

const UNSAFE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString'];

interface WebhookRequest {
	rawBody?: Buffer;
	/** n8n's own reader, there in every supported release. */
	readRawBody?: () => Promise<void>;
}

/**
 * The bytes of a delivery as they came. n8n leaves them unread for nodes of version 1 that carry
 * the parameter `storeOptions.binaryData`; otherwise it takes multipart bodies apart, and the bytes that
 * a signature covers are lost.
 *
 * @returns undefined when the body cannot be read or has more bytes than `most`
 */
export async function readRawBody(
	this: IWebhookFunctions,
	most: number,
): Promise<Buffer | undefined> {
	const request = this.getRequestObject() as unknown as WebhookRequest;
	if (Number(this.getHeaderData()['content-length'] ?? 0) > most) return undefined;
	try {
		await request.readRawBody?.();
	} catch {
		return undefined;
	}
	const body = request.rawBody ?? Buffer.alloc(0);
	return body.length > most ? undefined : body;
}

/** The fields of a body in JSON, form or multipart; undefined when it is none, or has more than it may. */
export async function parseBody(
	body: Buffer,
	contentType: string,
	bounds = DEFAULT_BODY_LIMITS,
): Promise<IDataObject | undefined> {
	const type = contentType.split(';')[0].trim().toLowerCase();
	try {
		if (type === 'application/x-www-form-urlencoded') {
			return fromEntries(new URLSearchParams(body.toString('utf8')), bounds);
		}
		if (type === 'multipart/form-data') {
			const response = new Response(new Uint8Array(body), {
				headers: { 'content-type': contentType },
			});
			return fromEntries(await response.formData(), bounds);
		}
		// A JSON body is taken as such, whatever it is called.
		const parsed: unknown = JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
		return isObject(parsed) ? fromEntries(Object.entries(parsed), bounds) : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The plain values, objects of them and lists; undefined when there are too many. A field called
 * `__proto__` must not become the prototype of what is handed on, one called `toString` not break what
 * makes text of it, nor a file or a deep structure go into an execution.
 */
function fromEntries(
	entries: Iterable<[string, unknown]>,
	{ fields: most, depth: deepest, lists }: BodyLimits,
): IDataObject | undefined {
	let count = 0;
	const collect = (some: Iterable<[string, unknown]>, depth: number): IDataObject => {
		const fields: IDataObject = {};
		for (const [name, value] of some) {
			if (++count > most) break;
			if (UNSAFE_NAMES.includes(name)) continue;
			const taken = take(value, depth);
			if (taken !== undefined) fields[name] = taken;
		}
		return fields;
	};
	const take = (value: unknown, depth: number): IDataObject[string] | undefined => {
		const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
		if (isPlain) return value as IDataObject[string];
		if (depth === deepest) return undefined;
		if (isPlainObject(value)) return collect(Object.entries(value), depth + 1);
		if (!lists || !Array.isArray(value)) return undefined;
		return Object.values(collect(Object.entries(value), depth + 1)) as IDataObject[];
	};
	const fields = collect(entries, 0);
	return count > most ? undefined : fields;
}

const isPlainObject = (value: unknown): value is object =>
	Object.getPrototypeOf(value) === Object.prototype;

/** The answer to a delivery that is not taken, sent at once; nothing is started. */
export function reject(
	context: IWebhookFunctions,
	status: 400 | 401 | 413 | 500,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ success: false, message });
	return { noWebhookResponse: true };
}

/** No answer at all, for a sender that repeats nothing else. */
export function destroyConnection(context: IWebhookFunctions): IWebhookResponseData {
	context.getResponseObject().destroy();
	return { noWebhookResponse: true };
}

/** The answer to a delivery that started the workflow, sent at once. */
export function accept(context: IWebhookFunctions, status: number): void {
	context.getResponseObject().status(status).json(SUCCESS_BODY);
}

/** The answer to a delivery that is taken but starts nothing. */
export function acknowledge(): IWebhookResponseData {
	return { webhookResponse: SUCCESS_BODY };
}

/** Starts the workflow; n8n sends the answer once it has stored the execution. */
export function startWorkflow(item: INodeExecutionData): IWebhookResponseData {
	return { webhookResponse: SUCCESS_BODY, workflowData: [[item]] };
}
