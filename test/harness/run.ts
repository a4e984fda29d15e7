import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	createRunExecutionData,
	type IConnections,
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
export function additionalDataFor(credentials: TestCredentials): IWorkflowExecuteAdditionalData {
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
}

/** Runs one node on n8n's real engine, behind a node that hands it the input items. */
export async function runNode(test: NodeUnderTest): Promise<IRun> {
	const shape = { typeVersion: 1, position: [0, 0] as [number, number] };
	const start: INode = { ...shape, id: 's', name: 'Start', type: 'start', parameters: {} };
	const tested: INode = {
		...shape,
		id: 'n',
		name: 'Node',
		type: 'tested',
		parameters: test.parameters,
		credentials: { [test.credentialType]: { id: 'c1', name: 'My SePay' } },
		onError: test.onError,
	};
	const nodes = [start, tested];
	const connections: IConnections = {
		Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
	};
	const workflow = new Workflow({
		id: 'w1',
		nodes,
		connections,
		active: false,
		nodeTypes: new TestNodeTypes({ start: startType, tested: test.type }),
		settings: { executionOrder: 'v1', timezone: test.timezone ?? 'UTC' },
	});
	const additionalData = additionalDataFor(test.credentials);
	return await runFrom(start, workflow, additionalData, test.input ?? [{ json: {} }], 'manual');
}

/** Runs a workflow on n8n's real engine from the node that gets the items. */
export async function runFrom(
	node: INode,
	workflow: Workflow,
	additionalData: IWorkflowExecuteAdditionalData,
	items: INodeExecutionData[],
	mode: WorkflowExecuteMode,
): Promise<IRun> {
	additionalData.hooks = new ExecutionLifecycleHooks(mode, '1', {
		id: workflow.id,
		name: workflow.name ?? 'Test',
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		active: workflow.active,
	} as never);
	const data = createRunExecutionData({
		executionData: {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			nodeExecutionStack: [{ node, data: { main: [items] }, source: null }],
		},
	} as never);
	return await new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
}

/** The items that the node under test put out. */
export function outputOf(run: IRun, output = 0): INodeExecutionData[] {
	return run.data.resultData.runData.Node?.[0]?.data?.main?.[output] ?? [];
}
