import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { FetchPage } from './paging';
import { refusal, unreadable } from './refusals';
import { send } from './sending';
import type { Service } from './service';
import { exactNumber } from './values';

/** What a service wraps its data in. */
export type Envelope = Record<string, unknown>;

/** How a service answers. */
export interface Manner {
	service: Service;
	/** Whether a 2xx answer says in words that the call was refused. */
	isRefused(body: Envelope): boolean;
}

/** How a service wraps its data. */
export interface Dialect extends Manner {
	/** What stands where the one object belongs. */
	objectIn(envelope: Envelope): unknown;
	/** The query parameter for the rows on a page. */
	sizeName: string;
	/** What `meta` says of the whole list: rows in all, rows on a page, pages. */
	countsIn(meta: IDataObject): { total?: unknown; perPage?: unknown; lastPage?: unknown };
}

/**
 * The way to call a service and get the envelope of its answer. Its function throws NodeApiError when
 * the call is refused, also by words in a 2xx answer, or no JSON object comes.
 *
 * Its parameter `expected` says what the answer should hold, in words for the error; without it
 * anything but text will do.
 */
export function callerOf({ service, isRefused }: Manner) {
	return async function call(
		this: IAllExecuteFunctions,
		request: IHttpRequestOptions,
		expected?: string,
	): Promise<Envelope> {
		const answer = await send.call(this, service, request);
		const { body } = answer;
		const context = { node: this.getNode(), service, request };
		if (isObject(body)) {
			if (isRefused(body)) throw refusal(context, answer, 0);
			return body;
		}
		if (!expected && !isText(body)) return {};
		throw unreadable(context, expected ?? 'a confirmation', body);
	};
}

/** The ways to read the answers of a service. */
export function readersOf({ objectIn, sizeName, countsIn, ...manner }: Dialect) {
	const { service } = manner;
	const call = callerOf(manner);

	/** Reads one object, such as `GET /bank-accounts/19`. */
	async function readObject(
		this: IAllExecuteFunctions,
		request: IHttpRequestOptions,
	): Promise<IDataObject> {
		const expected = 'one object under "data"';
		const envelope = await call.call(this, request, expected);
		const found = objectIn(envelope);
		if (isObject(found)) return found;
		throw unreadable({ node: this.getNode(), service, request }, expected, found, envelope);
	}

	/** Reads one page of a list, such as `GET /transactions`; the filters stay as they are on every page. */
	function pageReader(this: IAllExecuteFunctions, request: IHttpRequestOptions): FetchPage {
		return async (page, size) => {
			const expected = 'a list of objects under "data"';
			const qs = { ...request.qs, page, [sizeName]: size };
			const envelope = await call.call(this, { ...request, qs }, expected);
			const { meta } = envelope;
			const data = isEmptyList(envelope.data) ? [] : envelope.data;
			if (!Array.isArray(data) || !data.every(isObject)) {
				throw unreadable({ node: this.getNode(), service, request }, expected, data, envelope);
			}
			const { total, perPage, lastPage } = countsIn(isObject(meta) ? meta : {});
			return {
				rows: data,
				total: countOrNone(total),
				perPage: countOrNone(perPage),
				lastPage: countOrNone(lastPage),
			};
		};
	}

	return { call, readObject, pageReader };
}

export function isText(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** PHP writes an empty list as `{}` where it has not been told that it is a list. */
const isEmptyList = (data: unknown) =>
	data === null || (isObject(data) && Object.keys(data).length === 0);

function countOrNone(value: unknown): number | undefined {
	const number = exactNumber(value);
	return typeof number === 'number' && number >= 0 ? number : undefined;
}
