import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SePay } from '../../nodes/SePay/SePay.node';
import { loadContract, operation, type FoundOperation } from '.';

interface Schema {
	$ref?: string;
	enum?: unknown[];
	properties?: Record<string, Schema>;
}

const contract = loadContract('sepay-user-api');
const { properties } = new SePay().description;

/** Endpoints that no operation calls by its own name. */
const WITHOUT_OPERATION = [
	// The same object as in the list, which is short.
	'get /v2/bank-accounts/{bank_account_id}/prefixes/{va_prefix}',
	// Called when there is nothing at the other place where refunds may be.
	'get /v2/refunds',
	'get /v2/refunds/{refund_id}',
];

/** Paths that the node puts together, and fields that no single parameter declares. */
const PUT_TOGETHER: Record<string, { path?: string; fields?: Record<string, string> }> = {
	'order create': { fields: { with_qrcode: 'qrCode' } },
	'order cancelVirtualAccount': { path: '/bank-accounts/{ba}/orders/{id}/va/{number}' },
};

/** Chooses which of its fields an answer has; the node needs them all. */
const NOT_OFFERED = ['fields'];

const belongs = ({ displayOptions: { show = {} } = {} }: INodeProperties) =>
	show.authentication === undefined || show.authentication.includes('apiToken');

/** Every operation under the API token, with the parameters it shows and the endpoint it calls. */
const operations = properties
	.filter((property) => property.name === 'operation' && belongs(property))
	// What it asks SePay, others declare.
	.filter(({ displayOptions }) => !displayOptions!.show!.resource!.includes('payment'))
	.flatMap(({ displayOptions, options }) =>
		(options as INodePropertyOptions[])
			.filter((option) => belongs(option as unknown as INodeProperties))
			.flatMap(({ value, routing }) => {
				const resource = String(displayOptions!.show!.resource![0]);
				const shown = properties.filter(
					(property) =>
						belongs(property) &&
						property.displayOptions?.show?.resource?.includes(resource) &&
						property.displayOptions.show.operation?.includes(value),
				);
				const variants = shown
					.flatMap(({ type, options: ways }) =>
						type === 'options' ? (ways as INodePropertyOptions[]) : [],
					)
					.filter((way) => way.routing?.request?.url);
				return (variants.length > 0 ? variants : [undefined]).map((way) => {
					const name = [resource, value, way?.value].filter(Boolean).join(' ');
					const declared = String(way?.routing?.request?.url ?? routing!.request!.url);
					const path = PUT_TOGETHER[name]?.path ?? declared;
					const method = String(routing!.request!.method);
					const some = `/v2${path}`.replace(/{\w+}/g, '00000000-0000-4000-8000-000000000000');
					return {
						name,
						method: method.toLowerCase(),
						parameters: shown.flatMap((one) =>
							one.type === 'collection' ? (one.options as INodeProperties[]) : [one],
						),
						endpoint: operation(method, some)!,
					};
				});
			}),
	);

const propertyOf = ({ routing }: INodeProperties) => routing!.send!.property!;

const resolved = (schema: Schema): Schema => {
	const name = schema.$ref?.split('/').pop();
	return name ? resolved(contract.components.schemas[name] as Schema) : schema;
};

/** The query parameters of an endpoint, but for the page. */
const queriesOf = ({ parameters }: FoundOperation) =>
	Object.fromEntries(
		parameters
			.filter(({ name, in: place }) => place === 'query' && !['page', 'per_page'].includes(name))
			.filter(({ name }) => !NOT_OFFERED.includes(name))
			.map(({ name, schema }) => [name, schema as Schema]),
	);

/** The fields of the body that an endpoint takes. */
function fieldsOf({ operation: { requestBody } }: FoundOperation): Record<string, Schema> {
	const name = (requestBody as Schema | undefined)?.$ref?.split('/').pop();
	const body = name ? contract.components.requestBodies[name] : requestBody;
	const [content] = Object.values((body as typeof requestBody)?.content ?? {});
	return (content && resolved(content.schema as Schema).properties) ?? {};
}

test('every endpoint has its operation', () => {
	const described = Object.entries(contract.paths).flatMap(([path, item]) =>
		(['get', 'post', 'delete'] as const)
			.filter((method) => item[method])
			.map((method) => `${method} ${path}`),
	);
	const covered = operations.map(({ method, endpoint }) => `${method} ${endpoint.template}`);
	expect([...new Set([...covered, ...WITHOUT_OPERATION])].sort()).toEqual(described.sort());
});

test.each(operations)(
	'$name has a parameter for everything that the endpoint takes, and no other',
	({ name, parameters, endpoint }) => {
		const sentAs = (type: 'query' | 'body') =>
			parameters.filter(({ routing }) => routing?.send?.type === type).map(propertyOf);
		const byHand = PUT_TOGETHER[name]?.fields ?? {};
		// There is nothing to order in a number.
		const queries = Object.keys(queriesOf(endpoint)).filter(
			(query) => !(name === 'transaction count' && query.endsWith('_sort')),
		);
		expect(sentAs('query').sort()).toEqual(queries.sort());
		expect([...sentAs('body'), ...Object.keys(byHand)].sort()).toEqual(
			Object.keys(fieldsOf(endpoint)).sort(),
		);
		const names = parameters.map((parameter) => parameter.name);
		expect(names).toEqual(expect.arrayContaining(Object.values(byHand)));
	},
);

test('offers the values that the endpoints take, and no other', () => {
	const choices = operations.flatMap(({ name, parameters, endpoint }) =>
		parameters
			.filter(({ type, routing }) => type === 'options' && routing?.send)
			.map((parameter) => ({ name, parameter, endpoint })),
	);
	expect(choices).toHaveLength(12);
	for (const { name, parameter, endpoint } of choices) {
		const offered = (parameter.options as INodePropertyOptions[]).map(({ value }) => value);
		const schemas: Record<string, Schema> = { ...queriesOf(endpoint), ...fieldsOf(endpoint) };
		const taken = resolved(schemas[propertyOf(parameter)]).enum!;
		expect({ name, values: offered.sort() }).toEqual({ name, values: [...taken].sort() });
	}
});
