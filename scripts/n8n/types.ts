/** Nodes and connections as n8n stores and exports them. */
export interface WorkflowDefinition {
	name: string;
	nodes: NodeDefinition[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface NodeDefinition {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string | null; name: string }>;
	[property: string]: unknown;
}

export interface Workflow extends WorkflowDefinition {
	id: string;
	versionId: string;
	active: boolean;
}

export interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
	[property: string]: unknown;
}

export interface ExecutionError {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	[property: string]: unknown;
}

/** One run of a node within an execution. */
export interface NodeRun {
	data?: Record<string, Array<Item[] | null>>;
	error?: ExecutionError;
	executionStatus?: string;
	/** Milliseconds. */
	executionTime: number;
	[property: string]: unknown;
}

export interface Execution {
	id: string;
	/** `success`, `error`, `canceled`, `crashed`; `new`, `running`, `waiting` before it ended. */
	status: string;
	mode: string;
	workflowId: string;
	data: {
		resultData: {
			runData: Record<string, NodeRun[]>;
			lastNodeExecuted?: string;
			error?: ExecutionError;
		};
		/** What was still to be run, in an execution that was cut. */
		executionData?: { nodeExecutionStack: Array<{ data: Record<string, Array<Item[] | null>> }> };
	};
	[property: string]: unknown;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
	/** Secrets are blanked; `oauthTokenData` is `true` once the credential is connected. */
	data?: Record<string, unknown>;
}

/** A node type or credential type as n8n describes it to its editor. */
export interface TypeDescription {
	name: string;
	displayName: string;
	version?: number | number[];
	/** Path below n8n's address. */
	iconUrl?: string | { light: string; dark: string };
	[property: string]: unknown;
}

export interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	installedNodes: Array<{ name: string; type: string }>;
	failedLoading?: boolean;
}

/** `oldest`: the oldest n8n that the package supports. */
export type ReleaseName = 'newest' | 'oldest';

/** An installed n8n. */
export interface Release {
	name: ReleaseName;
	/** Version of n8n. */
	version: string;
	folder: string;
	/** Executable of the Node that runs it. */
	node: string;
}
