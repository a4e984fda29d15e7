import type { INode } from 'n8n-workflow';
import { Editor } from '../../scripts/editor';
import { expectSoon } from './support/expectSoon';
import { builtNodes, formOf, nodesOf, waitForDescription } from './support/forms';
import { startN8nHost, type N8nHost } from './support/n8nHost';

jest.setTimeout(400_000);

describe('the form in the editor', () => {
	let host: N8nHost;
	let editor: Editor;

	beforeAll(async () => {
		host = await startN8nHost('newest');
		editor = await Editor.open(host.instance.url);
	});

	afterAll(async () => {
		await editor?.close();
		await host?.close();
	});

	test.each(builtNodes)(
		'of each operation of %s shows its parameters, and in red only what has to be filled in',
		async (name, folder) => {
			const description = await waitForDescription(name, folder);
			const nodes = nodesOf(description).map((node, index): INode => ({
				...node,
				position: [200 * (index % 10), 200 * Math.floor(index / 10)],
			}));
			const workflow = { name, nodes, connections: {} };
			const { id } = await host.n8n.saveWorkflow(workflow as never);
			await editor.switchToWorkflow(id);
			for (const node of nodes) {
				await editor.openNode(node.name);
				await expectSoon(() => editor.readForm(), formOf(description, node));
			}
		},
	);
});
