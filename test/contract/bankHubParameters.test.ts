import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SePayBankHub } from '../../nodes/SePayBankHub/SePayBankHub.node';
import { loadContract, operation, type FoundOperation } from '.';

interface Schema {
	$ref?: string;
	enum?: unknown[];
	items?: Schema;
	anyOf?: Schema[];
	const?: unknown;
	properties?: Record<string, Schema>;
}

const contract = loadContract('sepay-bank-hub');
const { properties } = new SePayBankHub().description;

/** Fields that no single parameter declares, since they are put together from what is given. */
const PUT_TOGETHER: Record<string, Record<string, string>> = {
	'merchant uploadLogo': { logo: 'binaryPropertyName' },
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
			const id = url === '/v1/transaction' && value === 'get' ? '/1' : '';
			const path = String(url).replace(/{\w+}/, '00000000-0000-4000-8000-000000000000') + id;
			return {
				name: `${resource} ${String(value)}`,
				parameters: shown.flatMap((one) =>
					one.type === 'collection' ? (one.options as INodeProperties[]) : [one],
				),
				endpoint: operation(String(method), path)!,
			};
		}),
	);

const propertyOf = ({ routing }: INodeProperties) => routing!.send!.property!;

/** The query parameters of an endpoint, but for the page. */
function queriesOf({ parameters }: FoundOperation): Record<string, Schema> {
	const queries = parameters.filter((parameter) => parameter.in === 'query');
	return Object.fromEntries(
		queries
			.filter(({ name }) => !['page', 'per_page'].includes(name))
			.map(({ name, schema }) => [name, schema]),
	);
}

/** The fields of the body that an endpoint takes. */
function fieldsOf({ operation: { requestBody } }: FoundOperation): Record<string, Schema> {
	const [content] = Object.values(requestBody?.content ?? {});
	return (content?.schema as Schema | undefined)?.properties ?? {};
}

const schemasOf = (endpoint: FoundOperation) => ({ ...queriesOf(endpoint), ...fieldsOf(endpoint) });

test('every endpoint of Bank Hub has its operation, but for the sign-in', () => {
	const described = Object.entries(contract.paths).flatMap(([path, item]) =>
		(['get', 'post'] as const)
			.filter((method) => item[method])
			.map((method) => `${method} ${path}`),
	);
	const covered = operations.map(
		({ endpoint }) =>
			`${endpoint.operation === contract.paths[endpoint.template].get ? 'get' : 'post'} ${endpoint.template}`,
	);
	expect([...covered, 'post /v1/token'].sort()).toEqual(described.sort());
	expect(described).toHaveLength(20);
});

describe.each(operations)('$name', ({ name, parameters, endpoint }) => {
	const sentAs = (type: 'query' | 'body') =>
		parameters.filter(({ routing }) => routing?.send?.type === type).map(propertyOf);
	const byHand = PUT_TOGETHER[name] ?? {};

	test('has a parameter for everything that the endpoint takes, and no other', () => {
		expect(sentAs('query').sort()).toEqual(Object.keys(queriesOf(endpoint)).sort());
		expect([...sentAs('body'), ...Object.keys(byHand)].sort()).toEqual(
			Object.keys(fieldsOf(endpoint)).sort(),
		);
		const names = parameters.map((parameter) => parameter.name);
		expect(names).toEqual(expect.arrayContaining(Object.values(byHand)));
	});
});

test('offers the values that the endpoints take, and no other', () => {
	const choices = operations.flatMap(({ name, parameters, endpoint }) =>
		parameters
			.filter(({ type, routing }) => type === 'options' && routing?.send)
			.map((parameter) => ({ name, parameter, schemas: schemasOf(endpoint) })),
	);
	expect(choices.map(({ name, parameter }) => `${name} ${parameter.name}`)).toHaveLength(10);
	for (const { name, parameter, schemas } of choices) {
		const offered = (parameter.options as INodePropertyOptions[])
			.map(({ value }) => value)
			// Sent as no authentication at all.
			.filter((value) => value !== 'none');
		const taken = valuesOf(schemas[propertyOf(parameter)]);
		expect({ name, values: offered.sort() }).toEqual({ name, values: taken.sort() });
	}
});

test('Webhook: Set offers the events that Bank Hub knows, and all of them', () => {
	const { parameters, endpoint } = operations.find(({ name }) => name === 'webhook set')!;
	const { options } = parameters.find(({ name }) => name === 'events')!;
	expect((options as INodePropertyOptions[]).map(({ value }) => value).sort()).toEqual(
		valuesOf(fieldsOf(endpoint).allow_events.items!).sort(),
	);
});

/** The values that a schema allows. */
function valuesOf(schema: Schema): unknown[] {
	const name = schema.$ref?.split('/').pop();
	if (name) return valuesOf(contract.components.schemas[name] as Schema);
	if (schema.anyOf) return schema.anyOf.flatMap(valuesOf);
	return schema.enum ? [...schema.enum] : [schema.const];
}
