import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type {
	GenericValue,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	IRun,
	NodeApiError,
} from 'n8n-workflow';
import { SePayOAuth2Api } from '../../../credentials/SePayOAuth2Api.credentials';
import { SePay } from '../../../nodes/SePay/SePay.node';
import { sePay } from '../../../nodes/shared/sePay';
import { validateRequest } from '../../contract';
import { TestCredentials } from '../../harness/credentials';
import { searchList } from '../../harness/loadOptions';
import { outputOf, runNode } from '../../harness/run';
import {
	startSandbox,
	type Sandbox,
	type SandboxOptions,
	type SeenRequest,
	type Variants,
	type Webhook,
} from '../../sandbox';

export const credentialType = 'sePayOAuth2Api';

const schemas = new Ajv({ allowUnionTypes: true });

export interface RunOptions {
	input?: IDataObject[];
	onError?: INode['onError'];
	timezone?: string;
}

/** What a run of the node gave. */
export interface Outcome {
	run: IRun;
	/** The JSON of the items put out. */
	rows: IDataObject[];
	/** The items of the first output, and of the second: errors, where the node has that output. */
	items: INodeExecutionData[];
	errorItems: INodeExecutionData[];
	/** What stopped the node. */
	error?: { message: string; description?: string | null };
}

export interface Bench {
	sandbox: Sandbox;
	credentials: TestCredentials;
	run(parameters: INodeParameters, options?: RunOptions): Promise<Outcome>;
	/** The JSON put out by a run that has to succeed. */
	rows(parameters: INodeParameters, options?: RunOptions): Promise<IDataObject[]>;
	/** The error of a run that has to fail. */
	failure(
		parameters: INodeParameters,
		options?: RunOptions,
	): Promise<{ message: string; description: string }>;
	list(
		method: string,
		filter?: string,
		parameters?: INodeParameters,
	): Promise<INodeListSearchResult['results']>;
	/** The API calls since the last `sandbox.clearRequests()`, as `GET /transactions`. */
	calls(): string[];
	/** The same with query and body. */
	sent(): Array<{ call: string; query: Record<string, string>; body: unknown }>;
	/** Connects the credential anew, with these scopes or as this user. */
	connect(grant?: { scopes?: string[]; user?: 'admin' | 'limited' }): void;
}

const nodeType = new SePay();

function connected(sandbox: Sandbox, grant: Parameters<Bench['connect']>[0] = {}) {
	return {
		environment: 'custom',
		baseUrl: sandbox.url,
		clientId: sandbox.client.id,
		clientSecret: sandbox.client.secret,
		scopes: sandbox.client.scopes as unknown as GenericValue,
		oauthTokenData: sandbox.issueToken(grant) as unknown as IDataObject,
	} as never;
}

const isApiCall = ({ path }: SeenRequest) => path.startsWith('/api/v1/');

/** Every text in the run as it is stored, and those of its errors that JSON leaves out. */
export function everyWordOf(run: IRun): string {
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

/** What may not be found in any output or error. */
export function secretsOf(credentials: TestCredentials): string[] {
	const { clientSecret, oauthTokenData } = credentials.store[credentialType];
	const { access_token, refresh_token } = oauthTokenData as Record<string, string>;
	return [String(clientSecret), access_token, refresh_token];
}

function benchOn(sandbox: Sandbox): Bench {
	const credentials = new TestCredentials([new SePayOAuth2Api()], {
		[credentialType]: connected(sandbox),
	});
	const bench: Bench = {
		sandbox,
		credentials,
		async run(parameters, { input, ...options } = {}) {
			const before = secretsOf(credentials);
			const run = await runNode({
				type: nodeType,
				parameters,
				credentials,
				credentialType,
				input: input?.map((json) => ({ json })),
				...options,
			});
			const words = everyWordOf(run);
			for (const secret of [...before, ...secretsOf(credentials)]) {
				expect(words).not.toContain(secret);
			}
			const items = outputOf(run);
			if (parameters.simplify !== false) {
				for (const { json, error } of items) if (!error) expectSchema(parameters, json);
			}
			return {
				run,
				items,
				rows: items.map(({ json }) => json),
				errorItems: outputOf(run, 1),
				error: run.data.resultData.error as Outcome['error'],
			};
		},
		async rows(parameters, options) {
			const { rows, error } = await bench.run(parameters, options);
			expect([error?.message, error?.description]).toEqual([undefined, undefined]);
			return rows;
		},
		async failure(parameters, options) {
			const { rows, error } = await bench.run(parameters, options);
			expect(rows.length).toBe(0);
			return { message: error?.message ?? 'no error', description: error?.description ?? '' };
		},
		async list(method, filter, parameters) {
			const test = { type: nodeType, method, filter, parameters, credentials, credentialType };
			return (await searchList(test)).results;
		},
		calls: () => bench.sent().map(({ call }) => call),
		sent: () =>
			sandbox.requests.filter(isApiCall).map(({ method, path, query, body }) => ({
				call: `${method} ${path.slice('/api/v1'.length)}`,
				query,
				body,
			})),
		connect: (grant) => {
			credentials.store[credentialType] = connected(sandbox, grant);
		},
	};
	return bench;
}

/** The output has to be as the schema says that n8n's editor shows before a run. */
function expectSchema({ resource, operation }: INodeParameters, json: IDataObject): void {
	const file = `nodes/SePay/__schema__/v1.0.0/${resource}/${operation}.json`;
	const { properties } = JSON.parse(readFileSync(path.join(__dirname, '../../..', file), 'utf8'));
	const validate = schemas.compile({ type: 'object', properties });
	expect({ file, valid: validate(json), errors: validate.errors }).toMatchObject({ valid: true });
}

/**
 * A local SePay and a connected SePay node before each test, without rate limit and pace unless the
 * options set a limit. After it, every request that reached the API has to be as the contract says.
 */
export function useSePay(options: SandboxOptions = {}): Bench {
	const bench = {} as Bench;
	const { calls } = sePay.pace;
	beforeAll(() => {
		sePay.pace.calls = Infinity;
	});
	afterAll(() => {
		sePay.pace.calls = calls;
	});
	beforeEach(async () => {
		const sandbox = await startSandbox({ rateLimit: false, transactions: 0, ...options });
		Object.assign(bench, benchOn(sandbox));
	});
	afterEach(async () => {
		await bench.sandbox.close();
		for (const { method, path, query, body, rawBody } of bench.sandbox.requests) {
			const problems = validateRequest(method, path, query, body);
			expect({ method, path, query, body: rawBody, problems }).toMatchObject({ problems: [] });
		}
	});
	return bench;
}

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value }) as never;

/** Several objects, each by its ID. */
export const chosen = (...ids: unknown[]) =>
	({ chosen: ids.map((id) => ({ id: byId(id) })) }) as never;

/** The rows in the order in which the sandbox lists them. */
export const listed = <T>({ variants }: Sandbox, rows: T[]): T[] =>
	variants.order === 'newestFirst' ? [...rows].reverse() : rows;

/** The forms in which SePay may answer; the node's output is the same under each. */
export const answerForms: Array<[name: string, variants: Partial<Variants>]> = [
	['as the newest documents show', {}],
	['ids as text', { ids: 'string' }],
	['booleans as integers', { booleans: 'integer' }],
	['amounts as text', { amounts: 'decimalText' }],
	[
		'everything as text or integers',
		{ ids: 'string', booleans: 'integer', amounts: 'decimalText' },
	],
	['lists without meta', { meta: 'missing' }],
	['sub-accounts with meta', { subAccountMeta: 'present' }],
	['the oldest first', { order: 'oldestFirst' }],
	['20 rows a page at most', { maxPerPage: 20 }],
	['20 rows a page at most, without meta', { maxPerPage: 20, meta: 'missing' }],
];

/** Puts a webhook of two bank accounts into the sandbox. */
export function addWebhook(sandbox: Sandbox, fields: Partial<Webhook> = {}): Webhook {
	const webhook: Webhook = {
		id: sandbox.nextWebhookId++,
		bank_account_id: 0,
		bank_account_ids: [12, 14],
		bank_sub_account_ids: [25],
		bank_mode: 'multi',
		name: 'Orders',
		event_type: 'In_only',
		authen_type: 'HMAC_SHA256',
		secret_key: 'whsec_stored',
		request_content_type: 'Json',
		webhook_url: 'https://shop.example.com/hook',
		is_verify_payment: true,
		skip_if_no_code: false,
		prefix_filters: ['DH'],
		retry_conditions: { non_2xx_status_code: 1 },
		only_va: false,
		va_mode: 'all',
		alert_threshold: 3,
		alert_event_types: ['failure'],
		alert_channel_ids: [],
		active: true,
		created_at: '2026-01-31 23:30:00',
		...fields,
	};
	sandbox.data.webhooks.push(webhook);
	return webhook;
}
