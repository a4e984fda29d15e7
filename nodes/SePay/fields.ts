import {
	displayNameOf,
	fieldType,
	local,
	option,
	range,
	vnd,
	type Field,
	type PropertyOverrides,
} from '../shared/operations/fields';
import { parseDate } from '../shared/operations/parameterParsers';
import { parseSePayId, sePayLocator } from '../shared/sePay/locators';
import { parsePayableVnd } from './parameters';

/** An object at SePay that a path names: chosen from a list, or by its ID. */
export const pathId = (name: string, listSearch: string, description: string): Field => ({
	parameter: {
		...sePayLocator(displayNameOf(name), name, listSearch, description),
		required: true,
	},
	sendAs: [],
	parse: parseSePayId,
});

/** The bank account in a path; what it is to the operation, the description says. */
export const bankAccountInPath = (description: string) =>
	pathId('bankAccountId', 'getBankAccounts', description);

/** An object at SePay that a path names by an ID typed in. */
export const typedId = (name: string, description: string, overrides: PropertyOverrides): Field =>
	local(fieldType('string', parseSePayId, { required: true })(name, description, overrides));

/** An object at SePay that a query or a body names. */
export const id =
	(name: string, listSearch: string) =>
	(sendAs: string, description: string): Field => ({
		parameter: sePayLocator(displayNameOf(name), name, listSearch, description),
		sendAs: [sendAs],
		parse: parseSePayId,
	});

/** An amount that can be paid or refunded, in whole VND above zero. */
export const payable = fieldType('number', parsePayableVnd, {
	typeOptions: { minValue: 1 },
	default: 0,
	placeholder: 'e.g. 500000',
});

/** The least and the most that an amount may be, in whole VND; `ofWhat` is "incoming transfers", say. */
export const amountRange = (sendAs: string, label: string, ofWhat: string): Field[] => {
	const end = (suffix: 'min' | 'max', size: string, bound: string) =>
		vnd(`${sendAs}_${suffix}`, `Return only ${ofWhat} of ${bound} this amount, in whole VND`, {
			name: `${suffix}${label.replace(' ', '')}`,
			displayName: `${size} ${label}`,
		});
	return range(end('min', 'Minimum', 'at least'), end('max', 'Maximum', 'up to'));
};

/** A calendar day in Vietnam that SePay gets as a time: its first second, or its last one. */
const dayAt = (time: string) =>
	fieldType('dateTime', (...given) => `${parseDate(...given)} ${time}`, {
		typeOptions: { dateOnly: true },
		placeholder: 'e.g. 2026-01-31',
	});
export const fromDay = dayAt('00:00:00');
export const toDay = dayAt('23:59:59');

const ORDERS = [
	{ name: 'Ascending', value: 'asc' },
	{ name: 'Descending', value: 'desc' },
];

/** The order of a list by the field `by`, such as "Date Created". */
export const sortBy = (sendAs: string, by: string, overrides?: PropertyOverrides): Field =>
	option(sendAs, [], 'Sort order; with a limit, decides which results are returned', {
		displayName: `Sort by ${by}`,
		options: ORDERS,
		default: 'asc',
		...overrides,
	});
