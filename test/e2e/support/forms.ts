import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import type { Editor } from '../../../scripts/n8n/editor';
import type { N8nHost } from './n8nHost';

const optionsOf = (property?: INodeProperties) =>
	(property?.options ?? []) as INodePropertyOptions[];

/** The forms of a node: for each, what is chosen for it, one choice after the other. */
function formsOf({ properties }: INodeTypeDescription): INodeParameters[] {
	const find = (name: string) => properties.filter((property) => property.name === name);
	const ways = optionsOf(find('authentication')[0]).filter(({ displayOptions }) => !displayOptions);
	return (ways.length > 0 ? ways : [undefined]).flatMap((way) => {
		const authentication = way && { authentication: String(way.value) };
		const isShown = (shown: Pick<INodeProperties, 'displayOptions'>, chosen: INodeParameters) =>
			NodeHelpers.displayParameter(chosen, shown as INodeProperties, null, null);
		return optionsOf(find('resource')[0])
			.filter((resource) => isShown(resource, { ...authentication }))
			.flatMap(({ value }) => {
				const resource = { ...authentication, resource: String(value) };
				return find('operation')
					.filter((property) => isShown(property, resource))
					.flatMap(optionsOf)
					.filter((operation) => isShown(operation, resource))
					.map((operation) => ({ ...resource, operation: String(operation.value) }));
			});
	});
}

/**
 * Opens the form of every operation of a node as a person does, by choosing it. Proves that the form
 * shows no parameter in red but those that have to be filled in, and these all.
 *
 * @param type full name of the node
 * @returns how many forms there are
 */
export async function openForms({ n8n }: N8nHost, editor: Editor, type: string): Promise<number> {
	const description = (await n8n.nodeTypes()).find(({ name }) => name === type);
	const { properties } = description as unknown as INodeTypeDescription;
	const name = 'Form';
	const node: INode = {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const { id } = await n8n.saveWorkflow({ name: type, nodes: [node], connections: {} } as never);
	await editor.openWorkflow(id);
	await editor.openNode(name);
	const forms = formsOf({ properties } as INodeTypeDescription);
	let chosen: INodeParameters = {};
	for (const form of forms) {
		for (const [parameter, value] of Object.entries(form)) {
			if (chosen[parameter] === value) continue;
			// What is chosen after this one may not be there any more.
			chosen = { ...form, ...chosen, [parameter]: value };
			const lists = properties.filter((property) => property.name === parameter);
			const label = lists.flatMap(optionsOf).find((option) => option.value === value)!.name;
			await editor.choose(parameter, label);
		}
		chosen = form;
		const parameters = NodeHelpers.getNodeParameters(
			properties,
			form,
			true,
			false,
			node,
			description as never,
		)!;
		const issues = NodeHelpers.getNodeParametersIssues(
			properties,
			{ ...node, parameters },
			description as never,
		);
		const missing = Object.entries(issues?.parameters ?? {});
		expect([form, missing.filter(([, [text]]) => !text.endsWith('is required.'))]).toEqual([
			form,
			[],
		]);
		await expectSoon(
			form,
			editor,
			missing.map(([parameter]) => parameter),
		);
	}
	return forms.length;
}

/** The form is drawn anew a moment after a choice. */
async function expectSoon(form: INodeParameters, editor: Editor, red: string[]): Promise<void> {
	for (let left = 20; left > 0; left--) {
		const found = await editor.redParameters();
		if (JSON.stringify(found.sort()) === JSON.stringify(red.sort())) return;
		await editor.page.waitForTimeout(50);
	}
	expect([form, (await editor.redParameters()).sort()]).toEqual([form, red.sort()]);
}
