import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ErrorObject } from 'ajv/dist/2020';
import { parse } from 'yaml';

type Schema = Record<string, unknown>;

interface Reference {
	$ref?: string;
}

interface Content {
	content?: Record<string, { schema: Schema }>;
}

interface Parameter {
	name: string;
	in: 'query' | 'path';
	required?: boolean;
	schema: Schema;
}

type Method = 'get' | 'post' | 'patch' | 'delete';

export interface Operation {
	summary: string;
	/** Empty for the OAuth endpoints, else one entry with the scopes that are needed. */
	security: Array<Record<string, string[]>>;
	/** What the user must be allowed in the company; `Admin` is a role. */
	'x-user-right'?: string;
	parameters?: Array<Parameter & Reference>;
	requestBody?: Content;
	responses: Record<string, Content & Reference>;
}

type PathItem = Partial<Record<Method, Operation>> & Pick<Operation, 'parameters'> & Reference;

export interface Contract {
	paths: Record<string, PathItem>;
	components: Record<string, Record<string, unknown>>;
}

export interface FoundOperation {
	/** Path template, such as `/api/v1/webhooks/{id}`. */
	template: string;
	operation: Operation;
	parameters: Parameter[];
	pathValues: Record<string, string>;
}

const ROOT = 'contract';

let loaded: { contract: Contract; ajv: Ajv2020 } | undefined;

function load(): { contract: Contract; ajv: Ajv2020 } {
	if (!loaded) {
		const text = readFileSync(join(__dirname, 'sepay-oauth2.yaml'), 'utf8');
		const contract = parse(text) as Contract;
		const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uri: URL.canParse } });
		ajv.addSchema(contract, ROOT);
		loaded = { contract, ajv };
	}
	return loaded;
}

/** The OpenAPI description of the two OAuth endpoints and of the API. */
export function loadContract(): Contract {
	return load().contract;
}

function resolve<T extends Reference>(value: T): T {
	if (!value.$ref) return value;
	const keys = value.$ref.slice(2).split('/');
	let found: unknown = loadContract();
	for (const key of keys) {
		found = (found as Record<string, unknown>)[key.replace(/~1/g, '/').replace(/~0/g, '~')];
	}
	return found as T;
}

/** A schema that stands outside the root, with its references pointing into it. */
function rooted(schema: Schema): Schema {
	return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${ROOT}#/`));
}

const compiled = new Map<Schema, ReturnType<Ajv2020['compile']>>();

function check(schema: Schema, value: unknown, where: string): string[] {
	const validate = compiled.get(schema) ?? load().ajv.compile(rooted(schema));
	compiled.set(schema, validate);
	validate(value);
	return (validate.errors ?? []).map(
		({ instancePath, message, params }: ErrorObject) =>
			`${where}${instancePath.replaceAll('/', '.')} ${message} ${JSON.stringify(params)}`,
	);
}

/** The operation that a method and a path without query belong to. */
export function operation(method: string, path: string): FoundOperation | undefined {
	for (const [template, reference] of Object.entries(loadContract().paths)) {
		const names = [...template.matchAll(/{(\w+)}/g)].map((match) => match[1]);
		const match = new RegExp(`^${template.replace(/{\w+}/g, '([^/]+)')}$`).exec(path);
		const item = resolve(reference);
		const found = item[method.toLowerCase() as Method];
		if (match && found) {
			return {
				template,
				operation: found,
				parameters: [...(item.parameters ?? []), ...(found.parameters ?? [])].map(resolve),
				pathValues: Object.fromEntries(names.map((name, index) => [name, match[index + 1]])),
			};
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
	const { responses } = found.operation;
	const response = responses[status] ?? (status >= 400 ? responses.default : undefined);
	if (!response) return [`${method} ${path}: status ${status} is not described`];
	const schema = resolve(response).content?.['application/json'].schema;
	return schema ? check(schema, body, 'body') : [];
}

/**
 * What is wrong with a request, as readable lines; empty when it is as described. Parameters and
 * fields that are not described count as wrong.
 * @param path without host and query
 * @param body parsed JSON or form fields, undefined when there was none
 */
export function validateRequest(
	method: string,
	path: string,
	query: Record<string, string> = {},
	body?: unknown,
): string[] {
	const found = operation(method, path);
	if (!found) return [`${method} ${path} is not described`];
	const { parameters, pathValues } = found;
	const content = Object.values(found.operation.requestBody?.content ?? {})[0];
	const isKnown = (name: string) =>
		parameters.some((parameter) => parameter.in === 'query' && parameter.name === name);
	return [
		...Object.keys(query)
			.filter((name) => !isKnown(name))
			.map((name) => `query ${name} is not described`),
		...parameters.flatMap(({ name, in: place, required, schema }) => {
			const text = (place === 'path' ? pathValues : query)[name];
			if (text === undefined) return required ? [`${place} ${name} is missing`] : [];
			return check(schema, typed(text, schema), `${place} ${name}`);
		}),
		...(content ? check(content.schema, body, 'body') : []),
		...(!content && body !== undefined ? ['body is not described'] : []),
	];
}
