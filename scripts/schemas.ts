import type { INodePropertyOptions, INodeType } from 'n8n-workflow';
import type { OutputMapper, OutputSchema } from '../nodes/shared/operations/output';
import { openApi as payt } from '../packages/n8n-nodes-payt/test/contract';
import { eInvoiceContract, sePay } from '../test/contract';
import type { OpenApi } from '../test/contract/openApi';

/** Where the paths of operations begin in the contracts. */
const ROOTS = ['', '/api/v1', '/v2'];

/** A schema of a contract, which may be spread over others. */
interface Described {
	$ref?: string;
	anyOf?: Described[];
	type?: string | string[];
	enum?: unknown[];
	const?: unknown;
	items?: Described;
	properties?: Record<string, Described>;
}

const mapValues = <T, R>(record: Record<string, T>, map: (value: T, name: string) => R) =>
	Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));

/** Where the operations of a node are described; those of SePay's other nodes in one place. */
const apis: Record<string, OpenApi<string>> = { payt, sePayEInvoice: eInvoiceContract };

const resolve = (contract: object, reference: string) =>
	reference
		.slice(2)
		.split('/')
		.reduce((found, key) => Object(found)[key], contract as unknown);

const typeOf = (value: unknown) =>
	value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;

/** One schema for what either says. */
function merge(one: OutputSchema | undefined, other: OutputSchema | undefined): OutputSchema {
	if (!one || !other) return (one ?? other)!;
	const [items, properties] = [one.items ?? other.items, { ...other.properties }];
	for (const [name, schema] of Object.entries(one.properties ?? {})) {
		properties[name] = merge(schema, properties[name]);
	}
	return {
		type: [...new Set([one.type, other.type].flat())],
		...(items && { items: merge(one.items, other.items) }),
		...(Object.keys(properties).length > 0 && { properties }),
	};
}

/** A schema of a contract, in itself. */
function readSchema(contract: object, described: Described): OutputSchema {
	const { $ref, anyOf = [], items, properties } = described;
	const values = 'const' in described ? [described.const] : (described.enum ?? []);
	const parts = $ref ? [resolve(contract, $ref) as Described, ...anyOf] : anyOf;
	const own: OutputSchema = {
		type: [described.type ?? values.map(typeOf)].flat(),
		...(items && { items: readSchema(contract, items) }),
		...(properties && {
			properties: mapValues(properties, (schema) => readSchema(contract, schema)),
		}),
	};
	return parts
		.map((part) => readSchema(contract, part))
		.reduceRight<OutputSchema>((found, part) => merge(part, found), own);
}

/** A row of the answer to a call, by the contracts that describe it. */
function describedRow(api: OpenApi<string>, method: string, url: string): OutputSchema | undefined {
	return ROOTS.reduce<OutputSchema | undefined>((row, root) => {
		const found = api.operation(method, root + url);
		if (!found) return row;
		const { operation } = found;
		const contract = api.document(found.contract);
		const [answer] = ['200', '201', '2XX']
			.map((status) => operation.responses[status])
			.filter(Boolean);
		const { content } = answer.$ref ? (resolve(contract, answer.$ref) as typeof answer) : answer;
		const body = readSchema(contract, content!['application/json'].schema);
		const data = body.properties?.data ?? body;
		return merge(row, data.items ?? data);
	}, undefined);
}

/** A schema as it is written down; an open object has the fields that the service sends. */
function complete(schema: OutputSchema, sent?: OutputSchema): OutputSchema {
	const { items, properties, additionalProperties } = schema;
	const fields = additionalProperties ? sent?.properties : properties;
	const types = [...new Set([schema.type].flat())];
	const type = types.includes('number') ? types.filter((name) => name !== 'integer') : types;
	return {
		type: type.length === 1 ? type[0] : type,
		...(items && { items: complete(items, sent?.items) }),
		...(fields && {
			properties: mapValues(fields, (field, name) =>
				complete(properties?.[name] ?? field, sent?.properties?.[name]),
			),
		}),
	};
}

/** An operation of a node whose output follows from a table. */
interface DescribedOperation {
	path: string;
	schema: OutputSchema;
	/** What it calls; where a parameter chooses, all that may be. */
	calls: Array<[method: string, url: string]>;
}

/** The operations of a node; those of which no table tells the output are left out. */
function operationsOf({ description, customOperations }: INodeType): DescribedOperation[] {
	const { properties } = description;
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) =>
			(displayOptions!.show!.resource as string[]).flatMap((resource) =>
				(options as INodePropertyOptions[]).flatMap(({ value, routing }) => {
					const operation = String(value);
					const custom: unknown = customOperations?.[resource]?.[operation];
					const { schema } = (custom ?? routing?.operations?.pagination ?? {}) as OutputMapper;
					if (!schema) return [];
					const { method = 'GET', url } = routing?.request ?? {};
					const calls: DescribedOperation['calls'] = url ? [[method, String(url)]] : [];
					return [{ path: `${resource}/${operation}`, schema, calls }];
				}),
			),
		);
}

/**
 * The output schemas of a node, by resource and operation. Where the output is what the service sends,
 * its fields come from the contracts, those of all operations whose rows are of the same table.
 *
 * @throws Error when no contract describes the output of an operation
 */
export function outputSchemas(node: INodeType): Record<string, OutputSchema> {
	const operations = operationsOf(node);
	const api = apis[node.description.name] ?? sePay;
	const rowOf = (given: DescribedOperation) =>
		operations
			.filter(({ schema, path }) =>
				given.schema.properties ? schema === given.schema : path === given.path,
			)
			.flatMap(({ calls }) => calls)
			.map(([method, url]) => describedRow(api, method, url))
			.reduce((row, other) => (other ? merge(row, other) : row), undefined);
	return Object.fromEntries(
		operations.map((operation) => {
			const { path, schema } = operation;
			if (!schema.additionalProperties) return [path, complete(schema)];
			const row = rowOf(operation);
			if (!row?.properties) throw new Error(`No contract describes the output of ${path}`);
			return [path, complete(schema, row)];
		}),
	);
}
