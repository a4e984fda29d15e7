import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataDeduplicationService, HookContext, TriggerContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type DeduplicationItemTypes,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type ITriggerFunctions,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { withLock } from '../../nodes/shared/transport/mutex';
import type { TestCredentials } from './credentials';
import { createAdditionalData, runWorkflowFrom, TestNodeTypes } from './run';

/** An execution in n8n's table, as far as its key matters. */
interface StoredExecution {
	/** `new` until n8n has begun to run it, which in queue mode a worker does. */
	status: 'new' | 'running';
}

/** n8n's table of executions, by deduplication key; deleting an entry is deleting the execution. */
export const executions = new Map<string, StoredExecution>();
/** What happens to an execution that n8n has stored. */
export const emitFaults: {
	/** Whether executions stay `new` until they are run. */
	isQueued?: boolean;
	/** Comes before the run; the run never begins when it throws, as when n8n is killed. */
	beforeRun?: () => Promise<void>;
	/** Comes before n8n stores the execution. */
	beforeStore?: () => Promise<void>;
} = {};

/** What n8n's table of processed items holds, by workflow and node. */
export const processedItems = new Map<string, string[]>();
/** How n8n's store fails, when it shall. */
export const processedItemsFaults: { before?: (what: 'check' | 'remove') => void } = {};

const contextOf = (data: { workflow: { id: string }; node?: { id: string } }) =>
	`${data.workflow.id} ${data.node?.id}`;
const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

/**
 * n8n's own store of processed items with a Map for its table, and like it without a lock: the list
 * is read, and written whole a little later. One for the whole process, as in n8n.
 */
void DataDeduplicationService.init({
	async checkProcessedAndRecord(items, _scope, data, options) {
		const key = contextOf(data as never);
		const list = [...(processedItems.get(key) ?? [])];
		await pause();
		processedItemsFaults.before?.('check');
		const found = {
			new: [] as DeduplicationItemTypes[],
			processed: [] as DeduplicationItemTypes[],
		};
		const known = new Set(list);
		for (const item of items) {
			found[known.has(String(item)) ? 'processed' : 'new'].push(item);
			if (!known.has(String(item))) list.push(String(item));
		}
		if (options.maxEntries) list.splice(0, list.length - options.maxEntries);
		await pause();
		processedItems.set(key, list);
		return found;
	},
	async removeProcessed(items, _scope, data) {
		const key = contextOf(data as never);
		const list = [...(processedItems.get(key) ?? [])];
		await pause();
		processedItemsFaults.before?.('remove');
		for (const item of items) {
			const at = list.indexOf(String(item));
			if (at >= 0) list.splice(at, 1);
		}
		processedItems.set(key, list);
	},
	async clearAllProcessedItems() {},
	async getProcessedDataCount() {
		return 0;
	},
});

interface Options {
	credentials: TestCredentials;
	parameters?: INodeParameters;
	id?: string;
	name?: string;
	/** The node's part of its address; a copied workflow gets another one. */
	webhookId?: string;
	/** Address of n8n as SePay knows it. */
	publicUrl?: string;
}

/** A workflow of one trigger node, with n8n's database for it. */
export class TriggerWorkflow {
	parameters: INodeParameters;
	credentials: TestCredentials;
	id: string;
	name: string;
	webhookId: string;
	publicUrl: string;
	/** Static data in the database. */
	stored: IDataObject = {};
	/** What each run passed on, in the order of their ends; undefined when the node failed. */
	runs: Array<INodeExecutionData[] | undefined> = [];
	/** What was logged by the node. */
	logged: string[] = [];
	/** Of the modules that `type` comes from. */
	withLock = withLock;
	private open: Array<Promise<unknown>> = [];
	private close?: () => Promise<void>;
	private server?: Server;

	constructor(
		public type: INodeType,
		options: Options,
	) {
		this.credentials = options.credentials;
		this.parameters = options.parameters ?? {};
		this.id = options.id ?? 'w1';
		this.name = options.name ?? 'Orders';
		this.webhookId = options.webhookId ?? 'abc';
		this.publicUrl = options.publicUrl ?? 'https://n8n.example.com';
	}

	private get node(): INode {
		return {
			id: 'n1',
			name: 'Payment',
			type: 'tested',
			typeVersion: 1,
			position: [0, 0],
			parameters: this.parameters,
			webhookId: this.webhookId,
			credentials: {
				sePayOAuth2Api: { id: 'c1', name: 'SePay' },
				sePayWebhookApi: { id: 'c2', name: 'SePay webhook' },
				sePayBankHubApi: { id: 'c3', name: 'Bank Hub' },
				paytWebhookApi: { id: 'c4', name: 'Payt webhook' },
				sePayPaymentGatewayApi: { id: 'c5', name: 'Payment gateway' },
				...(this.credentials.store.sePayTokenApi && {
					sePayTokenApi: { id: 'c6', name: 'SePay token' },
				}),
			},
		};
	}

	load(): Workflow {
		return new Workflow({
			id: this.id,
			name: this.name,
			nodes: [this.node],
			connections: {},
			active: true,
			nodeTypes: new TestNodeTypes({ tested: this.type }),
			staticData: JSON.parse(JSON.stringify(this.stored)),
			settings: { executionOrder: 'v1' },
		});
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		return {
			...createAdditionalData(this.credentials),
			webhookBaseUrl: `${this.publicUrl}/webhook`,
			webhookTestBaseUrl: `${this.publicUrl}/webhook-test`,
		};
	}

	private webhookData(isTest = false): IWebhookData {
		return {
			httpMethod: 'POST',
			node: 'Payment',
			path: `${this.webhookId}/webhook`,
			webhookDescription: this.type.description.webhooks![0],
			workflowId: this.id,
			workflowExecuteAdditionalData: this.additionalData(),
			isTest,
		} as IWebhookData;
	}

	private async hook(
		workflow: Workflow,
		method: 'checkExists' | 'create' | 'delete',
		activation: WorkflowActivateMode,
		isTest = false,
	): Promise<boolean> {
		const node = workflow.getNode('Payment')!;
		const mode: WorkflowExecuteMode = isTest ? 'manual' : 'trigger';
		const data = this.webhookData(isTest);
		const context = new HookContext(workflow, node, this.additionalData(), mode, activation, data);
		this.captureLog(context);
		return await this.type.webhookMethods!.default![method].call(context);
	}

	private save(workflow: Workflow): void {
		this.stored = JSON.parse(JSON.stringify(workflow.staticData));
	}

	/** What n8n does on publishing and starting: a failure removes what was made, by the database. */
	async publish(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.load();
		try {
			if (!(await this.hook(workflow, 'checkExists', activation))) {
				await this.hook(workflow, 'create', activation);
			}
		} catch (error) {
			await this.hook(this.load(), 'delete', 'update').catch(() => undefined);
			throw error;
		}
		this.save(workflow);
		await this.startTrigger(workflow);
	}

	/** Runs `trigger()`, as n8n does on publishing and starting in the process that leads. */
	async startTrigger(workflow = this.load()): Promise<void> {
		const node = workflow.getNode('Payment')!;
		const context = new TriggerContext(
			workflow,
			node,
			this.additionalData(),
			'trigger',
			'activate',
			(...emitted) => this.track(this.emit(...emitted)),
		);
		this.captureLog(context);
		const response = await this.type.trigger!.call(context);
		this.close = async () => await response?.closeFunction?.();
	}

	/** Runs what the trigger emits as n8n does (`TriggerExecutionContextFactory`, `ExecutionPersistence`). */
	private async emit(...[data, response, done, key]: Parameters<ITriggerFunctions['emit']>) {
		const execution: StoredExecution = { status: emitFaults.isQueued ? 'new' : 'running' };
		try {
			await pause();
			await emitFaults.beforeStore?.();
			if (key !== undefined) {
				if (executions.get(key)?.status === 'running') {
					// The real one warns in n8n's log, too.
					return done?.resolve(undefined as never);
				}
				executions.set(key, execution);
			}
		} catch (error) {
			return done?.reject(error);
		}
		try {
			await emitFaults.beforeRun?.();
		} catch {
			return;
		}
		// What was replaced has no data any more, and neither promise settles.
		if (key !== undefined && executions.get(key) !== execution) return;
		execution.status = 'running';
		done?.resolve(await this.start(data[0], 'trigger', response?.resolve));
	}

	async unpublish(): Promise<void> {
		await this.close?.();
		const workflow = this.load();
		await this.hook(workflow, 'delete', 'update');
		this.save(workflow);
	}

	/** Waits until the look for missed payments that the trigger has begun, and its runs, have ended. */
	async waitUntilLooked(): Promise<void> {
		await this.withLock(`catching up of ${this.id}:${this.node.id}`, async () => {});
		await this.waitForRuns();
	}

	/** Ends the trigger as the end of n8n does, without hooks. */
	async stop(): Promise<void> {
		await this.close?.();
		this.close = undefined;
	}

	/** "Listen for test event", `during`, and its end; the copy of the static data is not kept. */
	async test(during: () => Promise<void>): Promise<void> {
		const workflow = this.load();
		try {
			if (!(await this.hook(workflow, 'checkExists', 'manual', true))) {
				await this.hook(workflow, 'create', 'manual', true);
			}
			const before = this.stored;
			this.stored = JSON.parse(JSON.stringify(workflow.staticData));
			await during();
			this.stored = before;
		} finally {
			await this.hook(workflow, 'delete', 'update', true);
		}
	}

	private captureLog(context: object): void {
		const write = (message: string) => this.logged.push(message);
		const logger = { debug() {}, info() {}, warn: write, error: write };
		Object.defineProperty(context, 'logger', { value: logger });
	}

	private track(work: Promise<unknown>): void {
		this.open.push(work);
	}

	/** Runs the workflow with what the trigger handed over, on n8n's engine. */
	async run(
		items: INodeExecutionData[],
		mode: WorkflowExecuteMode,
	): Promise<INodeExecutionData[] | undefined> {
		await this.start(items, mode);
		return this.runs.at(-1);
	}

	private async start(
		items: INodeExecutionData[],
		mode: WorkflowExecuteMode,
		onResponse?: Parameters<typeof runWorkflowFrom>[5],
	): Promise<IRun> {
		const workflow = this.load();
		const node = workflow.getNode('Payment')!;
		const run = await runWorkflowFrom(
			node,
			workflow,
			this.additionalData(),
			items,
			mode,
			onResponse,
		);
		const failed = run.data.resultData.error;
		this.runs.push(
			failed ? undefined : (run.data.resultData.runData.Payment?.[0]?.data?.main?.[0] ?? []),
		);
		return run;
	}

	/** Waits until every run that was started has ended. */
	async waitForRuns(): Promise<void> {
		while (this.open.length > 0) await Promise.all(this.open.splice(0));
	}

	/** IDs passed on, in the order in which the runs ended. */
	get passed(): unknown[] {
		return this.runs.flatMap((items) => (items ?? []).map(({ json }) => json.id));
	}

	/** An n8n that takes deliveries at any path. @returns its address on this machine */
	async listen(): Promise<string> {
		const server = createServer((request, response) => {
			const isTest = request.url!.startsWith('/webhook-test/');
			void this.receive(request, response, isTest ? 'manual' : 'webhook');
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		this.server = server;
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	async closeServer(): Promise<void> {
		this.server?.closeAllConnections();
		this.server?.close();
	}

	/** n8n's way with a delivery for a node of version 1 that wants the body unread. */
	private async receive(
		request: import('node:http').IncomingMessage,
		response: import('node:http').ServerResponse,
		mode: WorkflowExecuteMode,
	): Promise<void> {
		const chunks: Buffer[] = [];
		const httpRequest = Object.assign(request, {
			body: undefined,
			rawBody: undefined as Buffer | undefined,
			query: {},
			params: {},
			readRawBody: async () => {
				if (httpRequest.rawBody) return;
				for await (const chunk of request) chunks.push(chunk as Buffer);
				httpRequest.rawBody = Buffer.concat(chunks);
			},
		});
		const json = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		const httpResponse = {
			status: (status: number) => ({ json: (body: unknown) => json(status, body) }),
			destroy: () => response.destroy(),
		};
		const workflow = this.load();
		const additionalData = Object.assign(this.additionalData(), { httpRequest, httpResponse });
		const context = new WebhookContext(
			workflow,
			workflow.getNode('Payment')!,
			additionalData as never,
			mode,
			this.webhookData(mode === 'manual'),
			[],
			null,
		);
		this.captureLog(context);
		let result: IWebhookResponseData;
		try {
			result = await this.type.webhook!.call(context);
		} catch (error) {
			return json(500, { message: `webhook() threw: ${error.message}` });
		}
		if (result.noWebhookResponse) return;
		const items = result.workflowData?.[0];
		// n8n starts the run, and answers when it has stored it.
		if (items) this.track(this.run(items, mode));
		json(Number(this.type.description.webhooks![0].responseCode), result.webhookResponse);
	}
}
