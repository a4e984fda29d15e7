import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IConnections,
	type IExecuteResponsePromiseData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { TestCredentials } from './credentials';

type NodeTypeMap = Record<string, INodeType | IVersionedNodeType>;

/** The node types that a test's workflow may use. */
export class TestNodeTypes implements INodeTypes {
	constructor(private readonly types: NodeTypeMap) {}

	getByName(type: string) {
		return this.types[type];
	}

	getByNameAndVersion(type: string, version?: number) {
		const found = this.types[type];
		if (!found) throw new Error(`The test knows no node type "${type}"`);
		return NodeHelpers.getVersionedNodeType(found, version);
	}

	getKnownTypes() {
		return {};
	}
}

const startType: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Hands on the items of the test',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** What n8n hands to every node; only what the engine reads is filled in. */
export function createAdditionalData(credentials: TestCredentials): IWorkflowExecuteAdditionalData {
	const local = 'http://localhost';
	return {
		executionId: '1',
		credentialsHelper: credentials,
		variables: {},
		restApiUrl: '',
		instanceBaseUrl: local,
		webhookBaseUrl: `${local}/webhook`,
		webhookTestBaseUrl: `${local}/webhook-test`,
		webhookWaitingBaseUrl: `${local}/webhook-waiting`,
		formWaitingBaseUrl: `${local}/form-waiting`,
		logAiEvent() {},
		currentNodeExecutionIndex: 0,
	} as unknown as IWorkflowExecuteAdditionalData;
}

export interface NodeUnderTest {
	type: INodeType | IVersionedNodeType;
	parameters: INodeParameters;
	credentials: TestCredentials;
	/** Which of the stored credentials the node uses. */
	credentialType: string;
	input?: INodeExecutionData[];
	timezone?: string;
	onError?: INode['onError'];
	/** Whether n8n runs a node that failed once more, at once. */
	retryOnFail?: boolean;
	/** Whether n8n runs the node for the first input item only. */
	executeOnce?: boolean;
	/** How often the node runs on the input, as in a loop; once unless given. */
	times?: number;
}

const START = {
	id: 's',
	name: 'Start',
	type: 'start',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

/** The node behind one that hands it the input items. */
function workflowOf(test: NodeUnderTest): Workflow {
	const tested: INode = {
		...START,
		id: 'n',
		name: 'Node',
		type: 'tested',
		parameters: test.parameters,
		credentials: { [test.credentialType]: { id: 'c1', name: 'My SePay' } },
		onError: test.onError,
		retryOnFail: test.retryOnFail,
		executeOnce: test.executeOnce,
		maxTries: 2,
		waitBetweenTries: 1,
	};
	const runs = Array.from({ length: test.times ?? 1 }, () => ({ node: 'Node', index: 0 }));
	const connections: IConnections = {
		Start: { main: [runs.map((run) => ({ ...run, type: 'main' }))] },
	};
	return new Workflow({
		id: 'w1',
		nodes: [START, tested],
		connections,
		active: false,
		nodeTypes: new TestNodeTypes({ start: startType, tested: test.type }),
		settings: { executionOrder: 'v1', timezone: test.timezone ?? 'UTC' },
	});
}

/** Runs one node on n8n's real engine, behind a node that hands it the input items. */
export async function runNode(test: NodeUnderTest): Promise<IRun> {
	const items = test.input ?? [{ json: {} }];
	const additionalData = createAdditionalData(test.credentials);
	return await runWorkflowFrom(START, workflowOf(test), additionalData, items, 'manual');
}

/** Goes on with a run that waits, as n8n does: from what it has stored of it. */
export async function resumeNode(test: NodeUnderTest, { data }: IRun): Promise<IRun> {
	const stored = JSON.parse(JSON.stringify(data)) as IRun['data'];
	return await process(workflowOf(test), createAdditionalData(test.credentials), 'manual', stored);
}

/**
 * Runs a workflow on n8n's real engine from the node that gets the items.
 * @param onResponse gets what the run answers to the trigger that started it
 */
export async function runWorkflowFrom(
	node: INode,
	workflow: Workflow,
	additionalData: IWorkflowExecuteAdditionalData,
	items: INodeExecutionData[],
	mode: WorkflowExecuteMode,
	onResponse?: (response: IExecuteResponsePromiseData) => void,
): Promise<IRun> {
	const data = createRunExecutionData({
		executionData: {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			nodeExecutionStack: [{ node, data: { main: [items] }, source: null }],
		},
	} as never);
	return await process(workflow, additionalData, mode, data, onResponse);
}

async function process(
	workflow: Workflow,
	additionalData: IWorkflowExecuteAdditionalData,
	mode: WorkflowExecuteMode,
	data: IRun['data'],
	onResponse?: (response: IExecuteResponsePromiseData) => void,
): Promise<IRun> {
	additionalData.hooks = new ExecutionLifecycleHooks(mode, '1', {
		id: workflow.id,
		name: workflow.name ?? 'Test',
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		active: workflow.active,
	} as never);
	if (onResponse) additionalData.hooks.addHandler('sendResponse', onResponse);
	return await new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
}

/** The items that the node under test put out. */
export function outputOf(run: IRun, output = 0): INodeExecutionData[] {
	return run.data.resultData.runData.Node?.[0]?.data?.main?.[output] ?? [];
}
