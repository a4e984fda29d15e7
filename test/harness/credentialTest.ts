import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialType,
	type INode,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { TestCredentials } from './credentials';
import { createAdditionalData, TestNodeTypes } from './run';

/**
 * Tests a credential as n8n does when it is saved, by the request that its type declares: the code
 * that does it lives in the n8n server. Sign-in and request are n8n-core's.
 */
export async function testCredential(
	type: ICredentialType,
	credentials: TestCredentials,
): Promise<{ status: 'OK' | 'Error'; message: string }> {
	const noOp = 'n8n-nodes-base.noOp';
	const nodeType = {
		description: {
			displayName: 'No Operation',
			name: noOp,
			group: ['organization'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type.name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: type.test!.request },
					default: '',
				},
			],
		} as INodeTypeDescription,
	} satisfies INodeType;
	const details = { id: 'c1', name: 'My SePay' };
	const node: INode = {
		id: 'temp',
		parameters: {},
		name: 'Temp-Node',
		type: noOp,
		typeVersion: 1,
		position: [0, 0],
		credentials: { [type.name]: details },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: new TestNodeTypes({ [noOp]: nodeType }),
	});
	const additionalData = createAdditionalData(credentials);
	const data = await credentials.getDecrypted(additionalData, details, type.name, 'internal');
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const routing = new RoutingNode(context, nodeType, { ...details, type: type.name, data });
		await routing.runNode();
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		const { response, code } = error.cause ?? {};
		const rule = type.test!.rules?.find(
			({ type: kind, properties }) =>
				kind === 'responseCode' && 'value' in properties && properties.value === response?.status,
		);
		if (rule) return { status: 'Error', message: rule.properties.message };
		return { status: 'Error', message: response?.statusText ?? code ?? String(error.message) };
	}
}
