import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
	INode,
	INodeProperties,
	INodePropertyOptions,
	INodePropertyRegexValidation,
	INodeTypeDescription,
} from 'n8n-workflow';
import { REPOSITORY } from '../../scripts/n8n/paths';
import type { WorkflowDefinition } from '../../scripts/n8n/types';
import { formOf, nodesOf, readDescriptions, shownBy } from '../e2e/support/forms';

const EXAMPLES = path.join(REPOSITORY, 'examples');

const descriptions = readDescriptions();

const optionsOf = ({ properties }: INodeTypeDescription, name: string) =>
	properties
		.filter((property) => property.name === name)
		.flatMap(({ type, options = [] }) =>
			type === 'boolean'
				? [true, false]
				: (options as INodePropertyOptions[]).map(({ value }) => value),
		);

/** A parameter and all that it holds. */
const withInner = (property: INodeProperties): INodeProperties[] => [
	property,
	...((property.options ?? []) as INodeProperties[])
		.flatMap((option) => (option as { values?: INodeProperties[] }).values ?? option)
		.flatMap(withInner),
];

describe.each(descriptions.map((description) => [description.name, description] as const))(
	'%s',
	(_, description) => {
		test('has the forms that were looked at: labels, with * where something has to be filled in', () => {
			const forms = nodesOf(description).map((node) => {
				const { name, labels, red } = formOf(description, node);
				const marked = labels.map((label) => (red.includes(label) ? `${label}*` : label));
				return `${name}: ${marked.join(', ')}`;
			});
			expect(forms).toMatchSnapshot();
		});

		test('takes what is typed in as the placeholder shows it', () => {
			for (const { displayName, modes = [] } of description.properties.flatMap(withInner)) {
				// n8n takes each pattern from the beginning to the end.
				for (const { placeholder, validation } of modes.filter((mode) => mode.validation)) {
					const [{ properties }] = validation as INodePropertyRegexValidation[];
					const taken = new RegExp(`^${properties.regex}$`);
					for (const value of String(placeholder)
						.replace(/^e\.g\. /, '')
						.split(' or '))
						expect([displayName, value, taken.test(value)]).toEqual([displayName, value, true]);
				}
			}
		});

		test('shows and hides by values that can be chosen, and chooses one of them by default', () => {
			for (const {
				name,
				type,
				default: value,
				displayOptions = {},
				options,
			} of description.properties) {
				const conditions = [displayOptions.show, displayOptions.hide].flatMap((one) =>
					Object.entries(one ?? {}),
				);
				for (const [decider, values] of conditions) {
					const choices = optionsOf(description, decider);
					for (const one of values as unknown[]) {
						if (typeof one !== 'object' && !decider.startsWith('@'))
							expect([name, decider, choices]).toEqual([
								name,
								decider,
								expect.arrayContaining([one]),
							]);
					}
				}
				if (type === 'options' && options) {
					expect([name, (options as INodePropertyOptions[]).map((one) => one.value)]).toEqual([
						name,
						expect.arrayContaining([value]),
					]);
				}
			}
		});
	},
);

test('examples set only what their forms have', () => {
	for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'))) {
		const { nodes } = JSON.parse(
			readFileSync(path.join(EXAMPLES, file), 'utf8'),
		) as WorkflowDefinition;
		for (const node of nodes) {
			const description = descriptions.find(({ name }) => name === node.type.replace(/Tool$/, ''));
			if (!description) continue;
			const shown = description.properties.filter(shownBy(description, node as unknown as INode));
			const known = [
				...shown.map(({ name }) => name),
				'pollTimes',
				'descriptionType',
				'toolDescription',
			];
			const set = Object.keys(node.parameters);
			expect([file, node.name, set.filter((name) => !known.includes(name))]).toEqual([
				file,
				node.name,
				[],
			]);
		}
	}
});
