import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { startsOnce } from './deduplication';
import { emitDelivery, isKnown, triggerOf } from './emitOnce';
import { newRunItem, triggerKey } from './processedItems';
import type { WebhookHeaders } from './verification';
import {
	accept,
	acknowledge,
	DEFAULT_BODY_LIMITS,
	destroyConnection,
	parseBody,
	readRawBody,
	reject,
	startWorkflow,
	type BodyLimits,
} from './webhookRequest';

/** What a delivery stands for. */
export interface ParsedEvent {
	/** By which it is passed on once; undefined for a test send, which always starts the workflow. */
	id: string | undefined;
	alias?: string;
	/** The item to start with; undefined when the node is set not to start with this one. */
	json: IDataObject | undefined;
}

/** What a trigger says of its deliveries. */
export interface WebhookHandler {
	name: string;
	/** What should come, in words that follow "Not a". */
	expected: string;
	/** The status of the answer that the sender waits for; default 200. */
	responseCode?: number;
	/** Whether the sender repeats what is answered with an error; else only a cut connection helps. */
	retriesAfterErrors: boolean;
	/** How large a delivery may be, when {@link DEFAULT_BODY_LIMITS} is too small. */
	limits?: BodyLimits;
	/** Why a delivery must not be believed; undefined when it is proven. */
	verify(
		this: IWebhookFunctions,
		headers: WebhookHeaders,
		body: Buffer,
	): string | undefined | Promise<string | undefined>;
	/** What the fields stand for, or in words why nothing. */
	parse(
		this: IWebhookFunctions,
		fields: IDataObject,
		headers: WebhookHeaders,
	): ParsedEvent | string;
}

/**
 * Takes one delivery. Never throws: n8n would start the workflow with the error. What cannot be
 * believed gets 401, what is not expected 400; everything else `{"success": true}` once n8n has
 * stored the execution, whether it starts the workflow, is a repeat or is left out.
 */
export async function handleWebhook(
	this: IWebhookFunctions,
	handler: WebhookHandler,
): Promise<IWebhookResponseData> {
	const { name, expected, responseCode = 200, limits = DEFAULT_BODY_LIMITS } = handler;
	const warn = (what: string) =>
		this.logger.warn(`${name} rejected a delivery: ${what}`, {
			workflowId: this.getWorkflow().id,
			nodeName: this.getNode().name,
		});
	const fail = (error: Error) => {
		warn(error.message);
		if (!handler.retriesAfterErrors) return destroyConnection(this);
		return reject(this, 500, 'The delivery could not be processed. Send it again.');
	};
	try {
		const body = await readRawBody.call(this, limits.bytes);
		if (!body) {
			warn('its body is too large or incomplete');
			return reject(this, 413, 'The body is too large or incomplete');
		}
		const headers = this.getHeaderData();
		const reason = await handler.verify.call(this, headers, body);
		if (reason) {
			warn(reason);
			return reject(this, 401, 'Not authenticated');
		}
		const fields = await parseBody(body, String(headers['content-type'] ?? ''), limits);
		const parsed = fields ? handler.parse.call(this, fields, headers) : 'the body has no fields';
		if (typeof parsed === 'string') {
			warn(parsed);
			return reject(this, 400, `Not a ${expected}: ${parsed}`);
		}
		const { id, alias, json } = parsed;
		if (!json) return acknowledge();
		if (id === undefined || !startsOnce(this)) return startWorkflow(newRunItem(json));
		const key = triggerKey(this);
		if ([id, alias].some((one) => one !== undefined && isKnown(key, one))) return acknowledge();
		const trigger = await triggerOf(this);
		if (!trigger) return startWorkflow({ ...newRunItem(json), id, alias });
		// Until this returns n8n keeps an isolate for it, and the run that it waits for needs one too.
		void emitDelivery(trigger, { id, alias, json }).then(() => accept(this, responseCode), fail);
		return { noWebhookResponse: true };
	} catch (error) {
		return fail(error);
	}
}
