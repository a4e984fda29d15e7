import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ILoadOptionsFunctions,
	type INode,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import type { TestCredentials } from './credentials';
import { createAdditionalData, TestNodeTypes } from './run';

export interface ListSearchTest {
	type: INodeType;
	method: string;
	credentials: TestCredentials;
	credentialType: string;
	/** What the editor's form holds. */
	parameters?: INodeParameters;
	/** What the user typed into the search field. */
	filter?: string;
	/** What the page before gave to get the next one by. */
	paginationToken?: string;
}

/** Fills the dynamic list of a resource locator, in the context that the editor's request gets. */
export async function runListSearch(test: ListSearchTest): Promise<INodeListSearchResult> {
	const parameters = test.parameters ?? {};
	const node: INode = {
		id: 'n',
		name: 'Node',
		type: 'tested',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [test.credentialType]: { id: 'c1', name: 'My SePay' } },
	};
	const workflow = new Workflow({
		id: 'w1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: new TestNodeTypes({ tested: test.type }),
	});
	const additionalData = createAdditionalData(test.credentials);
	additionalData.currentNodeParameters = parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	const list = test.type.methods!.listSearch![test.method];
	return await list.call(
		context as unknown as ILoadOptionsFunctions,
		test.filter,
		test.paginationToken,
	);
}
