import { PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { TestCredentials } from './credentials';
import { createAdditionalData, runWorkflowFrom, TestNodeTypes } from './run';
import { processedItems } from './trigger';

let made = 0;

/**
 * A published workflow of one polling trigger, with what n8n's database holds of it; nothing yet of
 * the items that its runs have processed.
 */
export class PollingWorkflow {
	parameters: INodeParameters = {};
	credentials: TestCredentials;
	/** Which of the credentials the node uses. */
	credentialType = 'sePayOAuth2Api';
	/** The ID of the credential in n8n. */
	credentialId = 'c1';
	/** Another one each time: this process remembers what it recorded. */
	id = `polling ${++made}`;
	nodeId = 'n1';
	/** The static data in the database. */
	stored: IDataObject = {};
	private live!: Workflow;

	constructor(
		private type: INodeType,
		credentials: TestCredentials,
	) {
		this.credentials = credentials;
		processedItems.clear();
		this.start();
	}

	/**
	 * Loads the workflow anew, as publishing and starting n8n do.
	 * @param type the node, as another n8n process has loaded it
	 */
	start(type = this.type): void {
		this.type = type;
		this.live = this.load();
	}

	private load(): Workflow {
		const node: INode = {
			id: this.nodeId,
			name: 'Poll',
			type: 'tested',
			typeVersion: 1,
			position: [0, 0],
			parameters: this.parameters,
			credentials: { [this.credentialType]: { id: this.credentialId, name: 'My SePay' } },
		};
		return new Workflow({
			id: this.id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: new TestNodeTypes({ tested: this.type }),
			staticData: JSON.parse(JSON.stringify(this.stored)),
			settings: { timezone: 'America/New_York' },
		});
	}

	/** Whether a poll changed the static data since it was stored last. */
	get isChanged(): boolean {
		return this.live.staticData.__dataChanged === true;
	}

	/**
	 * Polls once and runs what came.
	 * @returns what the node passed on; null when nothing was started
	 */
	async poll(activation?: WorkflowActivateMode): Promise<INodeExecutionData[] | null> {
		const items = await this.pollOnly(activation);
		return items && (await this.run(items));
	}

	/**
	 * Polls once on n8n's own context. Like n8n, stores the static data when something came of it, and
	 * drops what came when the workflow was loaded anew meanwhile.
	 * @returns what n8n starts a run with next, unless it is killed before
	 */
	async pollOnly(
		activation: WorkflowActivateMode = 'activate',
	): Promise<INodeExecutionData[] | null> {
		const live = this.live;
		const context = new PollContext(
			live,
			live.getNode('Poll')!,
			createAdditionalData(this.credentials),
			'trigger',
			activation,
		);
		const result = await this.type.poll!.call(context);
		if (!result || live !== this.live) return null;
		this.save();
		return result[0];
	}

	/** Runs the workflow from the node on n8n's engine. @returns what the node passed on */
	async run(
		items: INodeExecutionData[],
		mode: WorkflowExecuteMode = 'trigger',
	): Promise<INodeExecutionData[]> {
		const workflow = this.load();
		const node = workflow.getNode('Poll')!;
		const { data } = await runWorkflowFrom(
			node,
			workflow,
			createAdditionalData(this.credentials),
			items,
			mode,
		);
		const { error } = data.resultData;
		if (error) throw Object.assign(new Error(error.message), error);
		return data.resultData.runData.Poll?.[0]?.data?.main?.[0] ?? [];
	}

	/** A test in the editor. @returns what it shows */
	async test(): Promise<INodeExecutionData[]> {
		return await this.run([{ json: {} }], 'manual');
	}

	/** Stores the static data, as n8n does after activation. */
	save(): void {
		const { live } = this;
		if (live.staticData.__dataChanged !== true) return;
		this.stored = JSON.parse(JSON.stringify(live.staticData));
		live.staticData.__dataChanged = false;
	}
}
