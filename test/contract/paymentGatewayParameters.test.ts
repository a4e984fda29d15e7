import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SePayPaymentGateway } from '../../nodes/SePayPaymentGateway/SePayPaymentGateway.node';
import { loadContract, operation, type FoundOperation } from '.';

const contract = loadContract('sepay-payment-gateway');
const { properties } = new SePayPaymentGateway().description;

/** What no parameter declares: pages, second spellings, and what the node knows or reads itself. */
const BY_NODE: Record<string, string[]> = {
	'order getAll': ['page', 'per_page', 'to_created_at', 'sort[created_at]'],
	'order cancel': ['order_invoice_number'],
	'order voidTransaction': ['order_invoice_number'],
	'checkout create': ['merchant', 'currency', 'operation', 'signature'],
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
			const path = String(url).replace(/detail$/, 'detail/DH1');
			return {
				name: `${resource} ${String(value)}`,
				parameters: shown.flatMap((one) =>
					one.type === 'collection' ? (one.options as INodeProperties[]) : [one],
				),
				endpoint: operation(String(method), path)!,
			};
		}),
	);

/** The names in the query and body that an endpoint takes. */
function namesOf({ parameters, operation: { requestBody } }: FoundOperation): string[] {
	const queries = parameters.filter((parameter) => parameter.in === 'query');
	const { $ref } = requestBody ?? {};
	const body = $ref ? contract.components.requestBodies[$ref.split('/').pop()!] : requestBody;
	const [content] = Object.values((body as typeof requestBody)?.content ?? {});
	const { properties: fields = {} } = (content?.schema ?? {}) as { properties?: object };
	return [...queries.map(({ name }) => name), ...Object.keys(fields)];
}

test('every endpoint of the payment gateway has its operation', () => {
	const covered = operations.map(({ endpoint }) => endpoint.template);
	expect(covered.sort()).toEqual(Object.keys(contract.paths).sort());
});

test.each(operations)(
	'$name has a parameter for everything that the endpoint takes, and no other',
	({ name, parameters, endpoint }) => {
		const sent = parameters.flatMap(({ routing }) => routing?.send?.property ?? []);
		expect([...sent, ...(BY_NODE[name] ?? [])].sort()).toEqual(namesOf(endpoint).sort());
	},
);

test('offers the payment methods that the gateway takes', () => {
	const { parameters } = operations.find(({ name }) => name === 'checkout create')!;
	const { options } = parameters.find(({ name }) => name === 'paymentMethod')!;
	const { enum: taken } = contract.components.schemas.PaymentMethod as { enum: string[] };
	expect((options as INodePropertyOptions[]).map(({ value }) => value).sort()).toEqual(
		['', ...taken].sort(),
	);
});
