import { createHash } from 'crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { singleHeader, type WebhookHeaders } from '../../../../nodes/shared/triggers/verification';
import type { ParsedEvent } from '../../../../nodes/shared/triggers/webhookHandler';
import { fieldsOf, isNonEmptyText, isObject, textAsSent } from '../../../../nodes/shared/values';
import { ALL_EVENTS } from './events';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What a delivery stands for, or in words why it is no event (reference: "Webhooks"). Without a scope,
 * Payt leaves fields out, down to `id` and `resource_type`.
 */
export function parseEvent(
	this: IWebhookFunctions,
	fields: IDataObject,
	headers: WebhookHeaders,
): ParsedEvent | string {
	const { event } = fields;
	if (!isObject(event)) return 'event is not an object';
	const { event_name: name, event_time: time, context = {} } = event;
	if (!isNonEmptyText(name)) return 'event_name is not text';
	if (!isObject(context ?? {})) return 'context is not an object';
	const delivery = singleHeader(headers['x-payt-delivery']);
	const administration = singleHeader(headers['x-payt-administration-identifier']) || null;
	const wanted = this.getNodeParameter('events') as string[];
	const isWanted = wanted.includes(ALL_EVENTS) || wanted.includes(String(name));
	const { id, resource_type, ...rest } = fieldsOf(context);
	const about = flatten(rest);
	const own = {
		event: name,
		time: textAsSent(time),
		resource_type: textAsSent(resource_type),
		id: textAsSent(id),
		administration_id: administration ?? about.administration_id ?? null,
		delivery_id: delivery || null,
	};
	const json = this.getNodeParameter('simplify')
		? { ...own, ...about, ...own }
		: { ...fields, administration_id: administration, delivery_id: delivery || null };
	return {
		id: contentHash(fields, administration),
		alias: UUID.test(delivery) ? delivery.toLowerCase() : undefined,
		json: isWanted ? json : undefined,
	};
}

/**
 * The ID of an event, which Payt gives none: a repeat comes with the same name, time and context,
 * while nothing less tells two events apart that one action raises at once. What follows a question
 * mark in a web address does not count, since it may be a signature that ends.
 */
function contentHash(fields: IDataObject, administration: string | null): string {
	const content = JSON.stringify([administration, fields], (_, value: unknown) =>
		typeof value === 'string' && /^https?:/.test(value) ? value.replace(/\?.*$/s, '') : value,
	);
	return createHash('sha256').update(content).digest('hex');
}

/**
 * The fields with those of objects beside the others: `debtor.id` as `debtor_id`, `debtor.debtor_code`
 * as `debtor_code`. IDs and amounts as the API has them, which is as texts, amounts with two decimals.
 */
function flatten(fields: IDataObject, prefix = ''): IDataObject {
	return Object.assign(
		{},
		...Object.entries(fields).map(([field, value]) => {
			const name = field.startsWith(prefix) ? field : prefix + field;
			if (isObject(value)) return flatten(value, `${name}_`);
			if (Array.isArray(value)) {
				return { [name]: value.map((entry) => (isObject(entry) ? flatten(entry) : entry)) };
			}
			if (/(^|_)id$/.test(name)) return { [name]: textAsSent(value) };
			return { [name]: /amount|costs|interest/.test(name) ? toTwoDecimals(value) : value };
		}),
	);
}

/** An amount such as `"0.0"` or `12.5` as `"0.00"` or `"12.50"`; anything else as it came. */
function toTwoDecimals(value: unknown): unknown {
	const [, whole, decimals = ''] = /^(-?\d+)(?:\.(\d{1,2}))?$/.exec(String(value)) ?? [];
	return whole === undefined ? value : `${whole}.${decimals.padEnd(2, '0')}`;
}
