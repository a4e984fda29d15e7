import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { CustomOperation } from './declarativeAdapter';

/** One operation: its entry in the list, which declares the call, and the parameters it shows. */
export interface Operation {
	option: INodePropertyOptions & { value: string };
	properties: INodeProperties[];
	/** In place of a declared call. */
	run?: CustomOperation;
}

/** What an AI agent is told of an operation; n8n itself would tell it the few words of its action. */
const toolDescription = ({ description }: Operation['option']): INodeProperties => ({
	displayName: 'Tool Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 3 },
	displayOptions: { show: { '@tool': [true] } },
	default: description,
	description: 'What the AI agent is told about this tool',
});

/** The parameter, shown on this condition too. */
export const shownFor = (
	show: IDisplayOptions['show'],
	parameter: INodeProperties,
): INodeProperties => ({
	...parameter,
	displayOptions: {
		...parameter.displayOptions,
		show: { ...parameter.displayOptions?.show, ...show },
	},
});

/** The Operation list of a resource and the parameters of each operation, shown on this condition. */
export function resourceProperties(
	resource: string,
	operations: Operation[],
	condition: IDisplayOptions['show'] = {},
): INodeProperties[] {
	const sorted = [...operations].sort((a, b) => a.option.name.localeCompare(b.option.name));
	const options = sorted.map(({ option }) => option);
	const { value: usual } = options.find(({ value }) => value === 'get') ?? options[0];
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { ...condition, resource: [resource] } },
			options,
			default: usual,
		},
		...sorted.flatMap(({ option, properties }) =>
			[toolDescription(option), ...properties].map((property) =>
				shownFor({ resource: [resource], operation: [option.value] }, property),
			),
		),
	];
}

/**
 * The parameters of a node's resources, each stated once for all operations that show it in the same
 * place: n8n walks them all for every item.
 */
export function shareProperties(...resources: INodeProperties[][]): INodeProperties[] {
	const parameters = resources.flatMap(([, ...those]) => those);
	const pairOf = ({ displayOptions }: INodeProperties) => {
		const { resource, operation } = displayOptions!.show!;
		return `${String(resource)} ${String(operation)}`;
	};
	const known = new Set(parameters.map(pairOf));
	const shared: Array<{ key: string; property: INodeProperties; pairs: Set<string> }> = [];
	const namesIn = (some: Set<string>) => {
		const pairs = [...some].map((pair) => pair.split(' '));
		return [0, 1].map((part) => [...new Set(pairs.map((pair) => pair[part]))]);
	};
	const isExact = (some: Set<string>) => {
		const [names, operations] = namesIn(some);
		const all = names.flatMap((name) => operations.map((operation) => `${name} ${operation}`));
		return all.every((pair) => some.has(pair) || !known.has(pair));
	};
	let position = 0;
	let current = '';
	for (const property of parameters) {
		const pair = pairOf(property);
		if (pair !== current) position = 0;
		current = pair;
		const key = JSON.stringify(shownFor({ resource: [], operation: [] }, property));
		const found = shared.findIndex(
			(one, index) =>
				index >= position && one.key === key && isExact(new Set([...one.pairs, pair])),
		);
		if (found < 0) shared.splice(position, 0, { key, property, pairs: new Set([pair]) });
		else shared[found].pairs.add(pair);
		position = (found < 0 ? position : found) + 1;
	}
	return [
		...resources.map(([operation]) => operation),
		...shared.map(({ property, pairs }) => {
			const [resource, operation] = namesIn(pairs);
			return shownFor({ resource, operation }, property);
		}),
	];
}

/** A parameter that no form shows: its value is fixed, or follows from others by an expression. */
export const hidden = (displayName: string, name: string, value: string): INodeProperties => ({
	displayName,
	name,
	type: 'hidden',
	default: value,
});

export const returnAllAndLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** Where n8n's editor puts the credentials; else it puts them before what decides between them. */
export const credentialSelectors: INodeProperties = {
	displayName: 'Credentials',
	name: 'credentials',
	type: 'credentials',
	default: '',
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** A collection of optional parameters, in the order of their names. */
export function collectionParameter(
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder,
		default: {},
		options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** What a filter by a calendar day does; `sense` is "on or after", say, and `rows` what the list holds. */
export const dayDescription = (sense: string, rows = 'transactions') =>
	`Return only ${rows} ${sense} this date. The whole day counts, in Vietnam time (UTC+7). The time zone of the workflow does not matter; a time that names its zone is converted.`;
