import type {
	IExecutePaginationFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { collectionParameter } from './descriptions';
import { omitEmptyFilters, type RequestHook } from './operations';
import { parameterError } from './parameterError';
import { parseBoolean, parseDate, parseVnd } from './parameterParsers';

/** A parameter that narrows or orders a list: what it is sent as stands in its `routing`. */
export interface ListFilter {
	parameter: INodeProperties;
	/** Brings a value into SePay's form; throws when it cannot be sent. */
	check?(
		context: IExecutePaginationFunctions,
		displayName: string,
		value: unknown,
	): string | number;
}

/** Which ends belong together, by how the names of query parameters end. */
const RANGES = [
	['_from', '_to', 'on or before'],
	['_min', '_max', 'at most'],
];

const parameterOf = ({ parameter }: ListFilter) => parameter;

const propertyOf = ({ routing }: INodeProperties) => String(routing?.send?.property);

/** A list filter that is sent as the query parameter `property`. */
export const listFilter = (
	property: string,
	parameter: INodeProperties,
	check?: ListFilter['check'],
): ListFilter => ({
	parameter: { ...parameter, routing: { send: { type: 'query', property } } },
	check,
});

export const textFilter = (
	property: string,
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
) =>
	listFilter(property, {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder,
		description,
	});

/** By an amount in VND; `description` is "Only … of at least this amount", say. */
export const amountFilter = (
	property: string,
	displayName: string,
	name: string,
	description: string,
) =>
	listFilter(
		property,
		{
			displayName,
			name,
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			placeholder: 'e.g. 500000',
			description: `${description}, in whole VND`,
		},
		parseVnd,
	);

/** By a calendar day, which SePay gets as a time: the first second of it, or the last one. */
export const dateTimeFilter = (
	parameter: INodeProperties,
	time: '00:00:00' | '23:59:59',
): ListFilter => ({
	parameter,
	check: (...given) => `${parseDate(...given)} ${time}`,
});

/** By yes or no; SePay takes 1 or 0. */
export const flagFilter = (
	property: string,
	displayName: string,
	name: string,
	description: string,
) =>
	listFilter(
		property,
		{ displayName, name, type: 'boolean', default: true, description },
		(...given) => Number(parseBoolean(...given)),
	);

export const choiceFilter = (
	property: string,
	displayName: string,
	name: string,
	options: INodePropertyOptions[],
	description: string,
) => {
	const [{ value }] = options;
	return listFilter(property, {
		displayName,
		name,
		type: 'options',
		options,
		default: value,
		description,
	});
};

/** The order of a list by the field `by`, such as "Date Created". */
export const sortFilter = (property: string, by: string, name: string) =>
	choiceFilter(
		property,
		`Sort by ${by}`,
		name,
		[
			{ name: 'Ascending', value: 'asc' },
			{ name: 'Descending', value: 'desc' },
		],
		'In which order the results come, and which of them when there is a limit',
	);

/** The Filters of a list, with those that the node itself applies. */
export const filterCollection = (filters: ListFilter[], own: INodeProperties[] = []) =>
	collectionParameter('Filters', 'filters', 'Add Filter', [...filters.map(parameterOf), ...own]);

/** The Options of a list. */
export const optionCollection = (options: ListFilter[]) =>
	collectionParameter('Options', 'options', 'Add Option', options.map(parameterOf));

/** Brings the query into SePay's form; empty filters go. */
export const validateFilters = (filters: ListFilter[]): RequestHook =>
	function (request) {
		omitEmptyFilters.call(this, request);
		const qs = request.qs!;
		const names = new Map(
			filters.map(({ parameter }) => [propertyOf(parameter), parameter.displayName]),
		);
		for (const { parameter, check } of filters) {
			const property = propertyOf(parameter);
			if (check && property in qs) qs[property] = check(this, parameter.displayName, qs[property]);
		}
		for (const [low, high, wanted] of RANGES) {
			for (const property of Object.keys(qs).filter((name) => name.endsWith(low))) {
				const other = property.replace(low, high);
				if (!(qs[property]! > qs[other]!)) continue;
				const span = `It is ${String(qs[property])}, and ${names.get(other)} is ${String(qs[other])}.`;
				throw parameterError(this, names.get(property)!, `${wanted} ${names.get(other)}`, span);
			}
		}
	};
