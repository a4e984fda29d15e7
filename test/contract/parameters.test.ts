import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SePay } from '../../nodes/SePay/SePay.node';
import { loadContract, operation } from '.';

interface Schema {
	$ref?: string;
	allOf?: Schema[];
	enum?: string[];
	items?: Schema;
	properties?: Record<string, Schema>;
}

const { properties } = new SePay().description;
const shownFor = (resource: string, name: string) =>
	properties.filter(
		({ displayOptions: { show } = {} }) =>
			show?.resource?.includes(resource) && show.operation?.includes(name),
	);
const entriesOf = (resource: string, name: string, collection: string) =>
	shownFor(resource, name).find((property) => property.name === collection)!
		.options as INodeProperties[];

/** The query parameters of a list in the contract, but for the page. */
const filtersOf = (path: string) =>
	(operation('GET', path)!.operation.parameters ?? [])
		.filter((parameter) => parameter.in === 'query')
		.map(({ name }) => name)
		.filter((name) => !['page', 'limit'].includes(name))
		.sort();

test.each([
	['transaction', '/api/v1/transactions'],
	['webhook', '/api/v1/webhooks'],
])('Get Many of a %s has every filter of the API, and no other', (resource, path) => {
	const sent = entriesOf(resource, 'getAll', 'filters')
		.map(({ routing }) => routing?.send?.property)
		.filter((property) => property !== undefined);
	expect(sent.sort()).toEqual(filtersOf(path));
});

describe.each([
	['create', 'POST', '/api/v1/webhooks', 'additionalFields'],
	['update', 'PATCH', '/api/v1/webhooks/1', 'updateFields'],
])('Webhook: %s', (name, method, path, collection) => {
	const { content = {} } = operation(method, path)!.operation.requestBody!;
	const fields = fieldsOf(content['application/json'].schema as Schema);
	const parameters = [
		...shownFor('webhook', name),
		...entriesOf('webhook', name, collection),
	].filter(({ routing }) => routing?.send);
	const fieldOf = ({ routing }: INodeProperties) => routing!.send!.property!;

	test('has a parameter for every field of the API, and no other', () => {
		// Sent beside va_mode, which newer documents have in its place.
		expect([...parameters.map(fieldOf), 'only_va'].sort()).toEqual(Object.keys(fields).sort());
	});

	test('offers the values that the API takes, and no other', () => {
		for (const parameter of parameters) {
			const { type, options } = parameter;
			if (type !== 'options' && type !== 'multiOptions') continue;
			const field = fieldOf(parameter);
			const offered = (options as INodePropertyOptions[]).map(({ value }) => value);
			const taken = valuesOf(fields[field]);
			expect({ field, values: offered.sort() }).toEqual({ field, values: [...taken!].sort() });
		}
	});
});

/** The schema itself, where there is only its name. */
function resolved(schema: Schema): Schema {
	const name = schema.$ref?.split('/').pop();
	return name ? resolved(loadContract().components.schemas[name] as Schema) : schema;
}

/** The fields of a schema that may be made of several. */
function fieldsOf(schema: Schema): Record<string, Schema> {
	const { properties: own, allOf = [] } = resolved(schema);
	return Object.assign({}, own, ...allOf.map(fieldsOf));
}

/** The values that a field may have, or the entries of its list. */
function valuesOf(schema: Schema): string[] | undefined {
	const { enum: values, items } = resolved(schema);
	return values ?? (items && valuesOf(items));
}
