import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { fieldsOf, isNonEmptyText, isObject, toExactNumber } from '../values';
import { apiError, unexpectedBodyError } from './errors';
import type { FetchPage } from './paging';
import { send } from './sending';
import type { Service } from './service';

/** What a service wraps its data in. */
export type ResponseBody = Record<string, unknown>;

/** How a service answers. */
export interface ResponseFormat {
	service: Service;
	/** Whether a 2xx answer says in words that the call was refused. */
	isError(body: ResponseBody): boolean;
}

/** How a service wraps its data. */
export interface EnvelopeFormat extends ResponseFormat {
	/** What stands where the one object belongs; unless given, what stands under `data`. */
	dataOf?(envelope: ResponseBody): unknown;
	/** The rows of a list and what is said of the whole; unless given, they stand under `data` and `meta`. */
	listIn?(envelope: ResponseBody): { data?: unknown; meta?: unknown };
	/** Unless given, `per_page`. */
	pageSizeParameter?: string;
}

/**
 * The way to call a service and get the envelope of its answer. Its function throws NodeApiError when
 * the call is refused, also by words in a 2xx answer, or no JSON object comes.
 *
 * Its parameter `expected` says what the answer should hold, in words for the error; without it
 * an object or nothing at all will do.
 */
export function createCaller({ service, isError }: ResponseFormat) {
	return async function call(
		this: IAllExecuteFunctions,
		request: IHttpRequestOptions,
		expected?: string,
	): Promise<ResponseBody> {
		const answer = await send.call(this, service, request);
		const { body } = answer;
		if (isObject(body) && !isError(body)) return body;
		const isEmpty = typeof (body ?? '') === 'string' && !isNonEmptyText(body);
		if (!expected && isEmpty) return {};
		const context = { node: this.getNode(), service, request };
		if (isObject(body)) throw apiError(context, answer, 0);
		throw unexpectedBodyError(context, expected ?? 'a confirmation', body);
	};
}

/** The ways to read the answers of a service. */
export function createReaders({
	dataOf = ({ data }) => data,
	listIn = (body) => body,
	pageSizeParameter = 'per_page',
	...format
}: EnvelopeFormat) {
	const { service } = format;
	const call = createCaller(format);

	async function readObject(
		this: IAllExecuteFunctions,
		request: IHttpRequestOptions,
	): Promise<IDataObject> {
		const expected = 'one object under "data"';
		const body = await call.call(this, request, expected);
		const found = dataOf(body);
		if (isObject(found)) return found;
		throw unexpectedBodyError({ node: this.getNode(), service, request }, expected, found, body);
	}

	/** Reads one page of a list, such as `GET /transactions`; the filters stay as they are on every page. */
	function pageReader(this: IAllExecuteFunctions, request: IHttpRequestOptions): FetchPage {
		return async (page, size) => {
			const expected = 'a list of objects under "data"';
			const qs = { ...request.qs, page, [pageSizeParameter]: size };
			const body = await call.call(this, { ...request, qs }, expected);
			const list = listIn(body);
			const data = isEmptyList(list.data) ? [] : list.data;
			if (!Array.isArray(data) || !data.every(isObject)) {
				throw unexpectedBodyError({ node: this.getNode(), service, request }, expected, data, body);
			}
			// The services differ in what they call the last one.
			const { total, per_page, page_count, total_pages, last_page } = fieldsOf(list.meta);
			return {
				rows: data,
				total: parseCount(total),
				perPage: parseCount(per_page),
				lastPage: parseCount(last_page ?? page_count ?? total_pages),
			};
		};
	}

	return { call, readObject, pageReader };
}

/** PHP writes an empty list as `{}` where it has not been told that it is a list. */
const isEmptyList = (data: unknown) =>
	data === null || (isObject(data) && Object.keys(data).length === 0);

function parseCount(value: unknown): number | undefined {
	const number = toExactNumber(value);
	return typeof number === 'number' && number >= 0 ? number : undefined;
}
