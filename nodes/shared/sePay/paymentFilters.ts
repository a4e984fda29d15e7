import { collectionParameter } from '../operations/descriptions';
import { fieldType, option, range, readForm, type Field } from '../operations/fields';
import { parseIds } from '../operations/locators';
import type { ParameterContext } from '../operations/parameterError';
import { parseVnd } from '../operations/parameterParsers';
import { matches, type Transaction } from './transaction';

const text = fieldType('string', (_context, _displayName, value) => String(value).trim());
const numberList = fieldType('string', (_context, _displayName, value) => parseIds(value));
/** An amount to compare with; 0 does not matter. */
const amountLimit = fieldType('number', (...given) => parseVnd(...given) || undefined, {
	typeOptions: { minValue: 0 },
	default: 0,
});

/** The least and the most that a transfer may be of. */
export const [minAmount, maxAmount] = range(
	amountLimit('minAmount', 'Start only on transfers of at least this amount, in whole VND', {
		displayName: 'Minimum Amount',
		placeholder: 'e.g. 10000',
	}),
	amountLimit(
		'maxAmount',
		'Start only on transfers of up to this amount, in whole VND. 0 means no limit.',
		{ displayName: 'Maximum Amount', placeholder: 'e.g. 50000000' },
	),
);

/** Which way the money went, as SePay and Bank Hub filter by it. */
export const transferType = (description: string): Field =>
	option('transfer_type', [], description, {
		options: [
			{ name: 'Money In', value: 'in' },
			{ name: 'Money Out', value: 'out' },
		],
		default: 'in',
	});

/** The filters of a trigger on payments, by what SePay itself cannot select. */
const paymentFilters: Field[] = [
	numberList('accountNumbers', 'Start only on transfers of the bank accounts with these numbers', {
		placeholder: 'e.g. 0071000888888, 1017588888',
	}),
	text(
		'content',
		'Start only on transfers whose memo contains this text. Case, accents, spaces and dashes are ignored.',
		{ displayName: 'Memo Contains', placeholder: 'e.g. hoc phi' },
	),
	maxAmount,
	text(
		'code',
		'Start only on transfers with this payment code. * matches any characters. Case, spaces and dashes are ignored.',
		{ displayName: 'Payment Code', placeholder: 'e.g. DH*' },
	),
	minAmount,
	numberList(
		'subAccounts',
		'Start only on transfers into the sub-accounts (VAs) with these numbers',
		{ displayName: 'Sub-Account Numbers', placeholder: 'e.g. VCB0011ABC001' },
	),
];

/** The Filters parameter that holds them. */
export const filters = collectionParameter(
	'Filters',
	'filters',
	'Add Filter',
	paymentFilters.map(({ parameter }) => parameter),
);

/** The check of transactions by the filters of the node. @throws NodeOperationError when one cannot be meant */
export function paymentFilter(context: ParameterContext): (transaction: Transaction) => boolean {
	const filters = readForm(context, { filters: paymentFilters });
	return (transaction) => matches(filters, transaction);
}
