import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ErrorObject } from 'ajv/dist/2020';
import { parse } from 'yaml';

type Schema = Record<string, unknown> & Reference;

interface Reference {
	$ref?: string;
}

interface Content {
	required?: boolean;
	content?: Record<string, { schema: Schema }>;
}

interface Parameter {
	name: string;
	in: 'query' | 'path' | 'header';
	required?: boolean;
	schema: Schema;
}

type Method = 'get' | 'post' | 'patch' | 'delete';

export interface Operation {
	summary: string;
	/** Empty for the OAuth endpoints; of SePay's API, one entry with the scopes that are needed. */
	security?: Array<Record<string, string[]>>;
	/** What the user must be allowed in the company; `Admin` is a role. */
	'x-user-right'?: string;
	parameters?: Array<Parameter & Reference>;
	requestBody?: Content & Reference;
	responses: Record<string, Content & Reference>;
}

type PathItem = Partial<Record<Method, Operation>> & Pick<Operation, 'parameters'> & Reference;

export interface Contract {
	paths: Record<string, PathItem>;
	/** What the service sends, by name. */
	webhooks?: Record<string, { post: Pick<Operation, 'requestBody'> }>;
	components: Record<string, Record<string, unknown>>;
}

export interface FoundOperation {
	/** The document that describes it. */
	contract: ContractName;
	/** Path template, such as `/api/v1/webhooks/{id}`. */
	template: string;
	operation: Operation;
	parameters: Parameter[];
	pathValues: Record<string, string>;
}

const NAMES = ['sepay-oauth2', 'sepay-bank-hub', 'sepay-user-api'] as const;

export type ContractName = (typeof NAMES)[number];

let loaded: { contracts: Record<string, Contract>; ajv: Ajv2020 } | undefined;

function load(): NonNullable<typeof loaded> {
	if (!loaded) {
		const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uri: URL.canParse } });
		const contracts: Record<string, Contract> = {};
		for (const name of NAMES) {
			contracts[name] = parse(readFileSync(join(__dirname, `${name}.yaml`), 'utf8'));
			ajv.addSchema(contracts[name], name);
		}
		loaded = { contracts, ajv };
	}
	return loaded;
}

/** An OpenAPI description: the two OAuth endpoints and the API of SePay, Bank Hub, or the API for a token. */
export function loadContract(name: ContractName = 'sepay-oauth2'): Contract {
	return load().contracts[name];
}

function resolve<T extends Reference>(value: T, contract: ContractName): T {
	if (!value.$ref) return value;
	const keys = value.$ref.slice(2).split('/');
	let found: unknown = loadContract(contract);
	for (const key of keys) {
		found = (found as Record<string, unknown>)[key.replace(/~1/g, '/').replace(/~0/g, '~')];
	}
	return found as T;
}

/** A schema that stands outside the root, with its references pointing into it. */
function rooted(schema: Schema, contract: ContractName): Schema {
	return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${contract}#/`));
}

const compiled = new Map<Schema, ReturnType<Ajv2020['compile']>>();

function check(contract: ContractName, schema: Schema, value: unknown, where: string): string[] {
	const validate = compiled.get(schema) ?? load().ajv.compile(rooted(schema, contract));
	compiled.set(schema, validate);
	validate(value);
	return (validate.errors ?? []).map(
		({ instancePath, message, params }: ErrorObject) =>
			`${where}${instancePath.replaceAll('/', '.')} ${message} ${JSON.stringify(params)}`,
	);
}

/** The operation that a method and a path without query belong to. */
export function operation(method: string, path: string): FoundOperation | undefined {
	for (const contract of NAMES) {
		for (const [template, reference] of Object.entries(loadContract(contract).paths)) {
			const names = [...template.matchAll(/{(\w+)}/g)].map((match) => match[1]);
			const match = new RegExp(`^${template.replace(/{\w+}/g, '([^/]+)')}$`).exec(path);
			const item = resolve(reference, contract);
			const found = item[method.toLowerCase() as Method];
			if (match && found) {
				return {
					contract,
					template,
					operation: found,
					parameters: [...(item.parameters ?? []), ...(found.parameters ?? [])].map((parameter) =>
						resolve(parameter, contract),
					),
					pathValues: Object.fromEntries(names.map((name, index) => [name, match[index + 1]])),
				};
			}
		}
	}
	return undefined;
}

/** A text of the address as the type that its schema asks for. */
function typed(text: string, schema: Schema): unknown {
	const isNumber = schema.type === 'integer' || schema.type === 'number';
	return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/**
 * What is wrong with an answer, as readable lines; empty when it is as described.
 * @param path without host and query
 * @param body parsed JSON, undefined when there was none
 */
export function validateAnswer(
	method: string,
	path: string,
	status: number,
	body: unknown,
): string[] {
	const found = operation(method, path);
	if (!found) return [`${method} ${path} is not described`];
	const { contract, operation: described } = found;
	const { responses } = described;
	const other = status >= 400 ? responses.default : responses[`${Math.floor(status / 100)}XX`];
	const response = responses[status] ?? other;
	if (!response) return [`${method} ${path}: status ${status} is not described`];
	const schema = resolve(response, contract).content?.['application/json'].schema;
	return schema ? check(contract, schema, body, 'body') : [];
}

/**
 * What is wrong with a request, as readable lines; empty when it is as described. Parameters and
 * fields that are not described count as wrong.
 * @param path without host and query
 * @param body parsed JSON or form fields, undefined when there was none
 * @param headers with names in lower case; not looked at when they are not given
 */
export function validateRequest(
	method: string,
	path: string,
	query: Record<string, string> = {},
	body?: unknown,
	headers?: Record<string, string>,
): string[] {
	const found = operation(method, path);
	if (!found) return [`${method} ${path} is not described`];
	const { contract, parameters, pathValues } = found;
	const { content: contents = {}, required: needsBody } = resolve(
		found.operation.requestBody ?? {},
		contract,
	);
	const [content] = Object.values(contents);
	const isKnown = (name: string) =>
		parameters.some((parameter) => parameter.in === 'query' && parameter.name === name);
	return [
		...Object.keys(query)
			.filter((name) => !isKnown(name))
			.map((name) => `query ${name} is not described`),
		...parameters.flatMap(({ name, in: place, required, schema }) => {
			if (place === 'header' && !headers) return [];
			const values = { path: pathValues, query, header: headers ?? {} }[place];
			const text = values[place === 'header' ? name.toLowerCase() : name];
			if (text === undefined) return required ? [`${place} ${name} is missing`] : [];
			return check(contract, schema, typed(text, resolve(schema, contract)), `${place} ${name}`);
		}),
		...(content && (needsBody || body !== undefined)
			? check(contract, content.schema, body, 'body')
			: []),
		...(!content && body !== undefined ? ['body is not described'] : []),
	];
}

/** What is wrong with a lifecycle event or an IPN of Bank Hub; empty when it is as described. */
export function validateNotice(name: 'event' | 'ipn', body: unknown): string[] {
	const { requestBody } = loadContract('sepay-bank-hub').webhooks![name].post;
	const { schema } = requestBody!.content!['application/json'];
	return check('sepay-bank-hub', schema, body, 'body');
}
