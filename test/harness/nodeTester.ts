import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import type {
	IBinaryKeyData,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
	IRun,
	NodeApiError,
} from 'n8n-workflow';
import type { TestCredentials } from './credentials';
import { runListSearch } from './loadOptions';
import { outputOf, runNode } from './run';

const schemas = new Ajv({ allowUnionTypes: true });
/** By file: to compile one takes longer than to run a node. */
const validators = new Map<string, ValidateFunction>();

export interface RunOptions {
	input?: IDataObject[];
	/** What every input item carries besides. */
	binary?: IBinaryKeyData;
	onError?: INode['onError'];
	retryOnFail?: boolean;
	executeOnce?: boolean;
	timezone?: string;
}

/** What a run of the node gave. */
export interface RunResult {
	run: IRun;
	/** The JSON of the items put out. */
	rows: IDataObject[];
	/** The items of the first output, and of the second: errors, where the node has that output. */
	items: INodeExecutionData[];
	errorItems: INodeExecutionData[];
	/** What stopped the node. */
	error?: { message: string; description?: string | null };
}

/** An action node with its credential. */
export interface NodeTester {
	credentials: TestCredentials;
	run(parameters: INodeParameters, options?: RunOptions): Promise<RunResult>;
	/** The JSON put out by a run that has to succeed. */
	rows(parameters: INodeParameters, options?: RunOptions): Promise<IDataObject[]>;
	/** The error of a run that has to fail. */
	failure(
		parameters: INodeParameters,
		options?: RunOptions,
	): Promise<{ message: string; description: string }>;
	/** The entries of a dynamic list, over all its pages. */
	list(
		method: string,
		filter?: string,
		parameters?: INodeParameters,
	): Promise<INodeListSearchResult['results']>;
}

interface NodeTesterOptions {
	type: INodeType;
	credentials: TestCredentials;
	credentialType: string;
	/** What may not be found in any output or error. */
	secrets: () => string[];
	/** The folder of the node's package below the root. */
	folder?: string;
}

/** Every text in the run as it is stored, and those of its errors that JSON leaves out. */
export function allTextOf(run: IRun): string {
	const words: unknown[] = [];
	const stored = JSON.stringify(run, function (this: Record<string, unknown>, key, value) {
		const given = this[key];
		if (given instanceof Error) {
			const { message, stack, description, messages } = given as NodeApiError;
			words.push(message, stack, description, messages);
		}
		return value;
	});
	return stored + JSON.stringify(words);
}

/** Runs the node as users do; every output has to fit its schema, and none may show a secret. */
export function createNodeTester({
	type,
	credentials,
	credentialType,
	secrets,
	folder = '.',
}: NodeTesterOptions): NodeTester {
	const tester: NodeTester = {
		credentials,
		async run(parameters, { input = [{}], binary, ...options } = {}) {
			const before = secrets();
			const run = await runNode({
				type,
				parameters,
				credentials,
				credentialType,
				input: input.map((json) => ({ json, ...(binary && { binary }) })),
				...options,
			});
			const words = allTextOf(run);
			for (const secret of [...before, ...secrets()]) expect(words).not.toContain(secret);
			const items = outputOf(run);
			if (parameters.simplify !== false) {
				for (const { json, error } of items)
					if (!error) expectSchema(folder, type, parameters, json);
			}
			return {
				run,
				items,
				rows: items.map(({ json }) => json),
				errorItems: outputOf(run, 1),
				error: run.data.resultData.error as RunResult['error'],
			};
		},
		async rows(parameters, options) {
			const { rows, error } = await tester.run(parameters, options);
			expect([error?.message, error?.description]).toEqual([undefined, undefined]);
			return rows;
		},
		async failure(parameters, options) {
			const { rows, error } = await tester.run(parameters, options);
			expect(rows.length).toBe(0);
			return { message: error?.message ?? 'no error', description: error?.description ?? '' };
		},
		async list(method, filter, parameters) {
			const test = { type, method, filter, parameters, credentials, credentialType };
			const entries: INodeListSearchResult['results'] = [];
			for (let paginationToken: string | undefined; ;) {
				const page = await runListSearch({ ...test, paginationToken });
				entries.push(...page.results);
				paginationToken = page.paginationToken as string | undefined;
				if (!paginationToken) return entries;
			}
		},
	};
	return tester;
}

/** The output has to be as the schema says that n8n's editor shows before a run. */
function expectSchema(
	folder: string,
	{ constructor }: INodeType,
	{ resource, operation }: INodeParameters,
	json: IDataObject,
): void {
	const schema = `nodes/${constructor.name}/__schema__/v1.0.0/${resource}/${operation}.json`;
	const file = path.join(folder, schema);
	let validate = validators.get(file);
	if (!validate) {
		const { properties } = JSON.parse(readFileSync(path.join(__dirname, '../..', file), 'utf8'));
		validate = schemas.compile({ type: 'object', properties });
		validators.set(file, validate);
	}
	expect({ file, valid: validate(json), errors: validate.errors }).toMatchObject({ valid: true });
}

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value }) as never;
