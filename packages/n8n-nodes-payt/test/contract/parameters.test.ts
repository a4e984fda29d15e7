import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { Payt } from '../../nodes/Payt/Payt.node';
import { openApi, payt as contract } from '.';

interface Schema {
	$ref?: string;
	type?: string | string[];
	enum?: string[];
	items?: Schema;
	properties?: Record<string, Schema>;
}

const { properties } = new Payt().description;

/** What goes without a parameter: pages, the mode of a locator, and what is found out of the file. */
const BY_ITSELF = [
	'cursor',
	'per_page',
	'identifier_type',
	'byte_size',
	'checksum',
	'content_type',
];

/** Fields of the answer make no sense where it holds none of them. */
const NOT_OFFERED = ['invoice block', 'invoice resume', 'company get'];

/** How files are called among the parameters. */
const FILES: Record<string, string> = {
	'message.attachments': 'attachments',
	'order.file': 'file',
};

/** Every operation of the node, with the parameters it shows and the endpoint it calls. */
const operations = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options }) =>
		(options as INodePropertyOptions[]).map(({ value, routing }) => {
			const resource = String(displayOptions!.show!.resource![0]);
			const shown = properties.filter(
				({ displayOptions: { show } = {} }) =>
					show?.resource?.includes(resource) && show.operation?.includes(value),
			);
			const { method, url } = routing!.request!;
			return {
				name: `${resource} ${String(value)}`,
				parameters: shown.flatMap((one) =>
					one.type === 'collection' ? (one.options as INodeProperties[]) : [one],
				),
				method: String(method).toLowerCase(),
				endpoint: openApi.operation(String(method), String(url).replace(/{\w+}/g, '1'))!,
			};
		}),
	);
type Found = (typeof operations)[number];

function resolved(schema: Schema): Schema {
	const { $ref, ...own } = schema;
	const base = $ref ? resolved(contract.components.schemas[$ref.split('/').pop()!] as Schema) : {};
	return { ...base, ...own, properties: { ...base.properties, ...own.properties } };
}

/** The fields of a body: of the records in it, and of its objects with a dot between the names. */
function fieldsOf(schema: Schema, prefix = '', depth = 0): Array<[string, Schema]> {
	return Object.entries(resolved(schema).properties!).flatMap(([name, value]) => {
		const field = resolved(value);
		const items = field.items && resolved(field.items);
		const isRecords = depth === 0 && items?.properties && Object.keys(items.properties).length > 0;
		if (isRecords && name !== 'terms') return fieldsOf(items, '', 1);
		const isObject = field.type === 'object' && Object.keys(field.properties!).length > 0;
		if (isObject) return fieldsOf(field, `${prefix}${name}.`, 1);
		const path = `${prefix}${name}`;
		return [[FILES[path] ?? path, field] as [string, Schema]];
	});
}

/** What an endpoint takes, by name: in the query, in the body. */
function takenBy({ name, endpoint }: Found): Array<[string, Schema]> {
	const queries = endpoint.parameters
		.filter((parameter) => parameter.in === 'query')
		.map((parameter) => [parameter.name, resolved(parameter.schema)] as [string, Schema]);
	const [content] = Object.values(endpoint.operation.requestBody?.content ?? {});
	return [...queries, ...(content ? fieldsOf(content.schema as Schema) : [])].filter(
		([field]) => !BY_ITSELF.includes(field) && !(field === 'fields' && NOT_OFFERED.includes(name)),
	);
}

/** What a parameter is sent as: one of several where another parameter says which. */
function sentAs({ routing }: INodeProperties, siblings: INodeProperties[]): string[] {
	const property = routing?.send?.property;
	if (!property) return [];
	const [, by] = /\$parameter\["(\w+)"\]/.exec(property) ?? [];
	if (!by) return [property];
	const { options } = siblings.find(({ name }) => name === by)!;
	return (options as INodePropertyOptions[]).map(({ value }) => String(value));
}

test('every operation of the API has one of the node', () => {
	const described = Object.entries(contract.paths)
		.filter(([path]) => path.startsWith('/v1/'))
		.flatMap(([path, item]) =>
			(['get', 'post', 'patch', 'delete'] as const)
				.filter((method) => item[method])
				.map((method) => `${method} ${path}`),
		);
	const covered = operations.map(({ method, endpoint }) => `${method} ${endpoint.template}`);
	expect(covered.sort()).toEqual(described.sort());
	expect(described).toHaveLength(54);
});

describe.each(operations)('$name', (found) => {
	const { name, parameters } = found;
	const file = name === 'file upload' ? ['file'] : [];

	test('has a parameter for everything that the endpoint takes, and no other', () => {
		const sent = parameters.flatMap((parameter) => sentAs(parameter, parameters));
		const taken = takenBy(found).map(([field]) => field);
		expect(sent.sort()).toEqual([...taken, ...file].sort());
	});

	test('offers the values that the endpoint takes, and no other', () => {
		for (const parameter of parameters) {
			const [property] = sentAs(parameter, parameters);
			const [, schema] = takenBy(found).find(([field]) => field === property) ?? [];
			if (parameter.type !== 'options' || !schema?.enum) continue;
			const offered = (parameter.options as INodePropertyOptions[]).map(({ value }) => value);
			expect({ property, offered: offered.sort() }).toEqual({
				property,
				offered: schema.enum.filter((value) => !['', 'true', 'false'].includes(value)).sort(),
			});
		}
	});

	test('says in JSON lists which fields they take', () => {
		for (const parameter of parameters.filter(({ type }) => type === 'json')) {
			const [, schema] = takenBy(found).find(
				([field]) => field === parameter.routing!.send!.property,
			)!;
			const known = Object.keys(resolved(schema.items ?? {}).properties!);
			for (const field of known)
				expect(parameter.description).toMatch(new RegExp(`\\b${field}\\b`));
		}
	});
});

test('what comes on request can be asked for', () => {
	const lists = operations.filter(({ name }) => name.endsWith(' getAll'));
	for (const { name, endpoint, parameters } of lists) {
		const { content } = endpoint.operation.responses['200'];
		const page = content!['application/json'].schema as Schema;
		const record = resolved(page.properties!.data.items!);
		const fields = parameters.find((parameter) => parameter.name === 'fields');
		if (!fields) continue;
		const offered = (fields.options as INodePropertyOptions[]).map(({ value }) => value);
		expect({ name, offered: offered.sort() }).toEqual({
			name,
			offered: Object.keys(record.properties!).sort(),
		});
	}
	expect(
		lists.filter(({ parameters }) => parameters.some(({ name }) => name === 'fields')),
	).toHaveLength(15);
});
