import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020';
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

export interface FoundOperation<Name extends string = string> {
	/** The document that describes it. */
	contract: Name;
	/** Path template, such as `/api/v1/webhooks/{id}`. */
	template: string;
	operation: Operation;
	parameters: Parameter[];
	pathValues: Record<string, string>;
}

/** What is wrong at one place of a request or an answer. */
export interface Problem {
	/** Such as `body.invoices.0.due_date`, `query per_page`. */
	where: string;
	message: string;
}

const print = ({ where, message }: Problem) => `${where} ${message}`;

/** A text of the address as the type that its schema asks for. */
function typed(text: string, schema: Schema): unknown {
	if (schema.type === 'array') return [text];
	const isNumber = schema.type === 'integer' || schema.type === 'number';
	return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Checks values against schemas that stand in documents; nothing is prepared before it is needed. */
class Validator {
	private ajv?: Ajv2020;
	private readonly compiled = new Map<Schema, ValidateFunction>();

	constructor(
		private readonly options: Options,
		private readonly load: () => Record<string, Contract>,
	) {}

	errors(contract: string, schema: Schema, value: unknown): ErrorObject[] {
		const validate = this.compiled.get(schema) ?? this.compile(contract, schema);
		validate(value);
		return validate.errors ?? [];
	}

	/** References of the schema point into the root of its document. */
	private compile(contract: string, schema: Schema): ValidateFunction {
		if (!this.ajv) {
			const formats = { uri: URL.canParse };
			this.ajv = new Ajv2020({ strict: false, allErrors: true, formats, ...this.options });
			for (const [name, document] of Object.entries(this.load()))
				this.ajv.addSchema(document, name);
		}
		const text = JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${contract}#/`);
		const validate = this.ajv.compile(JSON.parse(text));
		this.compiled.set(schema, validate);
		return validate;
	}
}

/** OpenAPI descriptions, one YAML file for each name, read when they are first needed. */
export class OpenApi<Name extends string> {
	private loaded?: Record<Name, Contract>;
	private readonly json = new Validator({}, () => this.load());
	/** Reads the texts of a form as what the schema asks for. */
	private readonly form = new Validator({ coerceTypes: true }, () => this.load());

	constructor(
		private readonly folder: string,
		private readonly names: readonly Name[],
	) {}

	document(name: Name): Contract {
		return this.load()[name];
	}

	/** The operation that a method and a path without query belong to. */
	operation(method: string, path: string): FoundOperation<Name> | undefined {
		for (const contract of this.names) {
			for (const [template, reference] of Object.entries(this.document(contract).paths)) {
				const names = [...template.matchAll(/{(\w+)}/g)].map((match) => match[1]);
				const match = new RegExp(`^${template.replace(/{\w+}/g, '([^/]+)')}$`).exec(path);
				const item = this.resolve(reference, contract);
				const found = item[method.toLowerCase() as Method];
				if (match && found) {
					return {
						contract,
						template,
						operation: found,
						parameters: [...(item.parameters ?? []), ...(found.parameters ?? [])].map((parameter) =>
							this.resolve(parameter, contract),
						),
						pathValues: Object.fromEntries(names.map((name, index) => [name, match[index + 1]])),
					};
				}
			}
		}
		return undefined;
	}

	/**
	 * What is wrong with an answer, as readable lines; empty when it is as described.
	 * @param path without host and query
	 * @param body parsed JSON, undefined when there was none
	 */
	validateAnswer(method: string, path: string, status: number, body: unknown): string[] {
		const found = this.operation(method, path);
		if (!found) return [`${method} ${path} is not described`];
		const { contract, operation: described } = found;
		const { responses } = described;
		const other = status >= 400 ? responses.default : responses[`${Math.floor(status / 100)}XX`];
		const response = responses[status] ?? other;
		if (!response) return [`${method} ${path}: status ${status} is not described`];
		const schema = this.resolve(response, contract).content?.['application/json'].schema;
		return schema ? this.check(contract, schema, body, 'body').map(print) : [];
	}

	/**
	 * What is wrong with a request, as readable lines; empty when it is as described. Parameters and
	 * fields that are not described count as wrong.
	 * @param path without host and query
	 * @param body parsed JSON or form fields, undefined when there was none
	 * @param headers with names in lower case; not looked at when they are not given. Of a form, texts
	 * in the body are read as what is described, and turned into it
	 */
	validateRequest(
		method: string,
		path: string,
		query: Record<string, string> = {},
		body?: unknown,
		headers?: Record<string, string>,
	): string[] {
		const found = this.operation(method, path);
		if (!found) return [`${method} ${path} is not described`];
		return this.requestProblems(found, query, body, { headers }).map(print);
	}

	/** What is wrong with a request to an operation, as `validateRequest` says it. */
	requestProblems(
		{ contract, operation, parameters, pathValues }: FoundOperation<Name>,
		query: Record<string, string>,
		body: unknown,
		{
			headers,
			isForm = /form/.test(headers?.['content-type'] ?? ''),
		}: { headers?: Record<string, string>; isForm?: boolean },
	): Problem[] {
		const { content: contents = {}, required: needsBody } = this.resolve(
			operation.requestBody ?? {},
			contract,
		);
		const [content] = Object.values(contents);
		const isKnown = (name: string) =>
			parameters.some((parameter) => parameter.in === 'query' && parameter.name === name);
		return [
			...Object.keys(query)
				.filter((name) => !isKnown(name))
				.map((name) => ({ where: `query ${name}`, message: 'is not described' })),
			...parameters.flatMap(({ name, in: place, required, schema }) => {
				const where = `${place} ${name}`;
				if (place === 'header' && !headers) return [];
				const values = { path: pathValues, query, header: headers ?? {} }[place];
				const text = values[place === 'header' ? name.toLowerCase() : name];
				if (text === undefined) return required ? [{ where, message: 'is missing' }] : [];
				return this.check(contract, schema, typed(text, this.resolve(schema, contract)), where);
			}),
			...(content && (needsBody || body !== undefined)
				? this.check(contract, content.schema, body, 'body', isForm ? this.form : this.json)
				: []),
			...(!content && body !== undefined ? [{ where: 'body', message: 'is not described' }] : []),
		];
	}

	/** What is wrong with what the service sends under a name of `webhooks`, as readable lines. */
	validateWebhook(contract: Name, name: string, body: unknown): string[] {
		const { requestBody } = this.document(contract).webhooks![name].post;
		const { schema } = requestBody!.content!['application/json'];
		return this.check(contract, schema, body, 'body').map(print);
	}

	private load(): Record<Name, Contract> {
		if (!this.loaded) {
			this.loaded = {} as Record<Name, Contract>;
			for (const name of this.names) {
				this.loaded[name] = parse(readFileSync(join(this.folder, `${name}.yaml`), 'utf8'));
			}
		}
		return this.loaded;
	}

	private resolve<T extends Reference>(value: T, contract: Name): T {
		if (!value.$ref) return value;
		const keys = value.$ref.slice(2).split('/');
		let found: unknown = this.document(contract);
		for (const key of keys) {
			found = (found as Record<string, unknown>)[key.replace(/~1/g, '/').replace(/~0/g, '~')];
		}
		return found as T;
	}

	private check(
		contract: Name,
		schema: Schema,
		value: unknown,
		where: string,
		validator = this.json,
	): Problem[] {
		return validator.errors(contract, schema, value).map(({ instancePath, message, params }) => ({
			where: `${where}${instancePath.replaceAll('/', '.')}`,
			message: `${message} ${JSON.stringify(params)}`,
		}));
	}
}
