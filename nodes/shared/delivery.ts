import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isRepeat } from './deduplication';
import { startOf } from './once';
import {
	breakOff,
	fieldsOf,
	rawBodyOf,
	receivedOnly,
	refuse,
	SMALL,
	starting,
	type Bounds,
} from './receiving';
import type { Headers } from './verification';

/** What a delivery stands for. */
export interface Taken {
	/** By which it is passed on once; undefined for a test send, which always starts the workflow. */
	id: string | undefined;
	/** By which a repeat may be known as well. */
	alias?: string;
	/** The item to start with; undefined when the node is set not to start with this one. */
	json: IDataObject | undefined;
}

/** What a trigger says of its deliveries. */
export interface Receiver {
	/** The trigger, as the log names it. */
	name: string;
	/** What should come, in words that follow "This is no". */
	expected: string;
	/** Whether the sender repeats what is answered with an error; else only a cut connection helps. */
	repeatsAfterErrors: boolean;
	/** How large a delivery may be, when {@link SMALL} is too small. */
	bounds?: Bounds;
	/** Why a delivery must not be believed; undefined when it is proven. */
	doubt(
		this: IWebhookFunctions,
		headers: Headers,
		body: Buffer,
	): string | undefined | Promise<string | undefined>;
	/** What the fields stand for, or in words why nothing. */
	read(this: IWebhookFunctions, fields: IDataObject, headers: Headers): Taken | string;
}

/**
 * Takes one delivery. Never throws: n8n would start the workflow with the error. What cannot be
 * believed gets 401, what is not expected 400; everything else `{"success": true}`, whether it
 * starts the workflow, is a repeat or is left out.
 */
export async function takeDelivery(
	this: IWebhookFunctions,
	{ name, expected, repeatsAfterErrors, bounds = SMALL, doubt, read }: Receiver,
): Promise<IWebhookResponseData> {
	const say = (what: string) =>
		this.logger.warn(`${name} did not take a delivery: ${what}`, {
			workflowId: this.getWorkflow().id,
			nodeName: this.getNode().name,
		});
	try {
		const body = await rawBodyOf.call(this, bounds.bytes);
		if (!body) {
			say('its body is too large or broke off');
			return refuse(this, 413, 'The body is too large or incomplete');
		}
		const headers = this.getHeaderData();
		const why = await doubt.call(this, headers, body);
		if (why) {
			say(why);
			return refuse(this, 401, 'Not authenticated');
		}
		const fields = await fieldsOf(body, String(headers['content-type'] ?? ''), bounds);
		const taken = fields ? read.call(this, fields, headers) : 'the body holds no fields';
		if (typeof taken === 'string') {
			say(taken);
			return refuse(this, 400, `This is no ${expected}: ${taken}`);
		}
		const { id, alias, json } = taken;
		const isKnown = isRepeat(this, id) || isRepeat(this, alias);
		return !json || isKnown ? receivedOnly() : starting({ ...startOf(json), id, alias });
	} catch (error) {
		say(error.message);
		if (!repeatsAfterErrors) return breakOff(this);
		return refuse(this, 500, 'The delivery could not be read; send it again');
	}
}
