import type { IAllExecuteFunctions, IDataObject } from 'n8n-workflow';
import { createReaders } from '../../../../nodes/shared/transport/responseFormat';
import type { Service } from '../../../../nodes/shared/transport/service';

const service = {
	name: 'Shop',
	credentialType: 'shopApi',
	baseUrl: () => 'https://shop.example',
	rateLimit: { calls: 1000, perMs: 1 },
	isSafeMethod: () => true,
} as Partial<Service> as Service;

const format = {
	service,
	isError: ({ success }: IDataObject) => success === false,
	dataOf: ({ data }: IDataObject) => data,
	pageSizeParameter: 'per_page',
};
const { call, readObject, pageReader } = createReaders(format);

/** A node whose calls are answered with a body; it keeps the queries. */
function nodeWith(body: unknown) {
	const queries: unknown[] = [];
	const context = {
		getNode: () => ({ name: 'Shop' }),
		getCredentials: async () => ({}),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { qs }: IDataObject) => {
				queries.push(qs);
				return { statusCode: 200, headers: {}, body };
			},
		},
	} as unknown as IAllExecuteFunctions;
	return { context, queries };
}

const request = { url: '/things', qs: { state: 'open' } };
const calling = async (body: unknown, expected?: string) =>
	await call.call(nodeWith(body).context, request, expected);

test('a call gives the object that came, and nothing where nothing is expected', async () => {
	expect(await calling({ a: 1 })).toEqual({ a: 1 });
	for (const body of ['', ' ', null, undefined]) expect(await calling(body)).toEqual({});
});

test.each<[unknown, string | undefined, string]>([
	[{ success: false, message: 'No' }, undefined, 'Shop rejected the request (HTTP 200): No'],
	['', 'a row', 'Shop returned an empty response instead of a row'],
	[[], undefined, 'Shop returned a list instead of a confirmation'],
	[5, undefined, 'Shop returned a number instead of a confirmation'],
	['text', undefined, 'Shop returned text that is not JSON instead of a confirmation'],
])('a call answered with %j where %s is expected fails', async (body, expected, message) => {
	await expect(calling(body, expected)).rejects.toThrow(message);
});

test('one object is what stands in its place', async () => {
	const { context } = nodeWith({ data: { id: 1 } });
	expect(await readObject.call(context, request)).toEqual({ id: 1 });
	await expect(
		readObject.call(nodeWith({ data: [], message: 'No' }).context, request),
	).rejects.toThrow('Shop returned a list instead of one object under "data": No');
	await expect(readObject.call(nodeWith('').context, request)).rejects.toThrow(
		'Shop returned an empty response instead of one object under "data"',
	);
});

describe('a page of a list', () => {
	test('is asked for by number and size beside the filters', async () => {
		const { context, queries } = nodeWith({ data: [] });
		await pageReader.call(context, request)(3, 50);
		expect(queries).toEqual([{ state: 'open', page: 3, per_page: 50 }]);
	});

	test.each<[object, object]>([
		[
			{ data: [{ id: 1 }], meta: { total: '5', per_page: 2, page_count: '3' } },
			{ rows: [{ id: 1 }], total: 5, perPage: 2, lastPage: 3 },
		],
		[
			{ data: [], meta: { total_pages: 4 } },
			{ rows: [], lastPage: 4 },
		],
		[
			{ data: [], meta: { last_page: 5, page_count: 50 } },
			{ rows: [], lastPage: 5 },
		],
		[
			{ data: [], meta: { total: 0, per_page: -1, page_count: 'many' } },
			{ rows: [], total: 0 },
		],
		[{ data: null, meta: [] }, { rows: [] }],
		[{ data: {} }, { rows: [] }],
	])('%j is read as %j', async (body, page) => {
		expect(await pageReader.call(nodeWith(body).context, request)(1, 2)).toEqual(page);
	});

	test.each<[unknown, string]>([
		[{}, 'nothing'],
		[{ data: { a: 1 } }, 'an object'],
		[{ data: [{ id: 1 }, 5] }, 'a list'],
		[{ data: 'x', message: 'No' }, 'text that is not JSON'],
		[null, 'nothing'],
	])('%j is none', async (body, kind) => {
		await expect(pageReader.call(nodeWith(body).context, request)(1, 2)).rejects.toThrow(
			`Shop returned ${kind} instead of a list of objects under "data"`,
		);
	});

	test('may stand elsewhere', async () => {
		const { pageReader } = createReaders({ ...format, listIn: ({ rows }) => ({ data: rows }) });
		const read = pageReader.call(nodeWith({ rows: [{ id: 1 }], data: 5 }).context, request);
		expect((await read(1, 2)).rows).toEqual([{ id: 1 }]);
	});
});
