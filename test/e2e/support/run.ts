import { itemsOf } from '../../../scripts/n8n/client';
import type { Execution, WorkflowDefinition } from '../../../scripts/n8n/types';
import type { E2eHost } from './n8nHost';

type Json = Record<string, unknown>;

/** An n8n, and the credential of the nodes that name none. */
type RunTarget = Pick<E2eHost, 'n8n' | 'credential'>;

/** A value of a parameter that names one object by its ID; the ID may be an expression. */
export function byId(value: number | string): Json {
	return { __rl: true, mode: 'id', value: String(value) };
}

/** A step that is not a SePay node run once: properties of its node. */
interface Node {
	node: Json;
}

type Step = Json | Node;

/** One of n8n's own nodes. */
export function coreNode(type: string, typeVersion: number, parameters: Json): Node {
	return { node: { type: `n8n-nodes-base.${type}`, typeVersion, parameters, credentials: {} } };
}

/** A SePay node that runs for every item of the step before. */
export function sePayPerItem(parameters: Json): Node {
	return { node: { parameters, executeOnce: false } };
}

/** Manual Trigger, then a node for each entry, one after the other: SePay with these parameters. */
export function workflowOf(host: RunTarget, steps: Record<string, Step>): WorkflowDefinition {
	const { id, name } = host.credential;
	const names = Object.keys(steps);
	const definitions = [coreNode('manualTrigger', 1, {}), ...Object.values(steps)];
	const nodes = ['Start', ...names].map((nodeName, index) => ({
		id: nodeName,
		name: nodeName,
		type: 'n8n-nodes-sepay.sePay',
		typeVersion: 1,
		position: [200 * index, 0],
		parameters: {},
		credentials: { sePayOAuth2Api: { id, name } },
		executeOnce: true,
		...('node' in definitions[index]
			? (definitions[index] as Node).node
			: { parameters: definitions[index] }),
	}));
	const connections = names.map((next, index) => [
		nodes[index].name,
		{ main: [[{ node: next, type: 'main', index: 0 }]] },
	]);
	return { name: names.join(', '), nodes, connections: Object.fromEntries(connections) };
}

/** Stores the workflow, runs it and returns the execution, whatever its end. */
export async function execute(host: RunTarget, steps: Record<string, Step>): Promise<Execution> {
	const { id } = await host.n8n.saveWorkflow(workflowOf(host, steps));
	return await host.n8n.runWorkflow(id);
}

/** What each node of a successful run put out. */
export async function outputs<Name extends string>(
	host: RunTarget,
	steps: Record<Name, Step>,
): Promise<Record<Name, Json[]>> {
	const execution = await execute(host, steps);
	expect(execution.data.resultData.error).toBeUndefined();
	expect(execution.status).toBe('success');
	return Object.fromEntries(
		Object.keys(steps).map((name) => [name, itemsOf(execution, name).map(({ json }) => json)]),
	) as Record<Name, Json[]>;
}
