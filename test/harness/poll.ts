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
import { TestNodeTypes, additionalDataFor } from './run';

/** A published workflow of one polling trigger, with what n8n's database holds of it. */
export class PollingWorkflow {
	parameters: INodeParameters = {};
	credentials: TestCredentials;
	/** The ID of the credential in n8n. */
	credentialId = 'c1';
	id = 'w1';
	/** The static data in the database. */
	stored: IDataObject = {};
	private live!: Workflow;

	constructor(
		private readonly type: INodeType,
		credentials: TestCredentials,
	) {
		this.credentials = credentials;
		this.start();
	}

	/** Loads the workflow anew, as publishing and starting n8n do. */
	start(): void {
		const node: INode = {
			id: 'n1',
			name: 'Poll',
			type: 'tested',
			typeVersion: 1,
			position: [0, 0],
			parameters: this.parameters,
			credentials: { sePayOAuth2Api: { id: this.credentialId, name: 'My SePay' } },
		};
		this.live = new Workflow({
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
	 * Polls once on n8n's own context. Like n8n, stores the static data when something came of it, and
	 * drops what came when the workflow was loaded anew meanwhile.
	 */
	async poll(
		mode: WorkflowExecuteMode = 'trigger',
		activation: WorkflowActivateMode = 'activate',
	): Promise<INodeExecutionData[] | null> {
		const live = this.live;
		const context = new PollContext(
			live,
			live.getNode('Poll')!,
			additionalDataFor(this.credentials),
			mode,
			activation,
		);
		const result = await this.type.poll!.call(context);
		if (!result || live !== this.live) return null;
		if (mode !== 'manual') this.save();
		return result[0];
	}

	/** Stores the static data, as n8n does after activation. */
	save(): void {
		const { live } = this;
		if (live.staticData.__dataChanged !== true) return;
		this.stored = JSON.parse(JSON.stringify(live.staticData));
		live.staticData.__dataChanged = false;
	}
}
