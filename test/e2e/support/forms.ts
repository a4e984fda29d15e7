import { createRequire } from 'node:module';
import path from 'node:path';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { Form } from '../../../scripts/editor';
import { whileBuilt } from '../../../scripts/n8n/package';
import { REPOSITORY } from '../../../scripts/n8n/paths';

const load = createRequire(__filename);

/** The files of the built nodes of both packages, as `n8n-nodes-sepay/dist/…`, with their folders. */
export const builtNodes = ['.', 'packages/n8n-nodes-payt'].flatMap((folder) => {
	const { name, n8n } = load(path.join(REPOSITORY, folder, 'package.json'));
	return (n8n.nodes as string[]).map((file) => [`${name}/${file}`, folder] as const);
});

/** A node as it was built; with the name that n8n gives it. */
function descriptionOf([node, folder]: (typeof builtNodes)[number]): INodeTypeDescription {
	const [name, ...file] = node.split('/');
	const [NodeType] = Object.values(load(path.join(REPOSITORY, folder, ...file)));
	const { description } = new (NodeType as new () => INodeType)();
	return { ...description, name: `${name}.${description.name}` };
}

/** All of them. */
export const readDescriptions = () => builtNodes.map(descriptionOf);

/** The same of one, also while somebody may be building. */
export const waitForDescription = async (...built: (typeof builtNodes)[number]) =>
	await whileBuilt(async () => descriptionOf(built));

/** A node in which this is chosen; n8n adds its defaults. */
const nodeOf = ({ name: type, displayName }: INodeTypeDescription, chosen: INodeParameters) => {
	const id = [displayName, ...Object.values(chosen)].join('-').replaceAll(' ', '-');
	return { id, name: id, type, typeVersion: 1, position: [0, 0], parameters: chosen } as INode;
};

/** Says whether something is there in the form of a node. */
export function shownBy(description: INodeTypeDescription, node: INode) {
	const { properties } = description;
	const { parameters } = node;
	const all = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description);
	return ({ displayOptions }: Pick<INodeProperties, 'displayOptions'>) =>
		NodeHelpers.displayParameter(all!, { displayOptions } as INodeProperties, node, description);
}

/** A node for each value of what takes no expression and so makes the form: Resource, Operation, … */
export function nodesOf(description: INodeTypeDescription): INode[] {
	return description.properties
		.filter(({ noDataExpression }) => noDataExpression)
		.reduce(
			(nodes, { name, displayOptions, options }) =>
				nodes.flatMap((node) => {
					const isShown = shownBy(description, node);
					if (!isShown({ displayOptions })) return node;
					const choices = options ?? [{ value: false }, { value: true }];
					return (choices as INodePropertyOptions[])
						.filter(isShown)
						.map(({ value }) => nodeOf(description, { ...node.parameters, [name]: value }));
				}),
			[nodeOf(description, {})],
		);
}

const isEmpty = (value: unknown) => String(Object(value).value ?? value) === '';

/** What the form of a node is to show: in red what has to be filled in, and nothing else. */
export function formOf(description: INodeTypeDescription, node: INode): Form {
	const fields = description.properties
		.filter(shownBy(description, node))
		.filter(({ type }) => !['credentials', 'hidden', 'notice'].includes(type));
	const labels = fields.map(({ displayName }) => displayName);
	// n8n does not mark JSON that is missing.
	const red = fields.filter(
		({ type, required, default: value }) => required && type !== 'json' && isEmpty(value),
	);
	return {
		name: node.name,
		labels: description.polling ? ['Poll Times', ...labels] : labels,
		red: red.map(({ displayName }) => displayName),
	};
}
