import { fieldType, readForm, type Field } from '../operations/fields';
import { parseIds } from '../operations/locators';
import type { ParameterContext } from '../operations/parameterError';
import { matches, type Transaction } from './transaction';

const text = fieldType('string', (_context, _displayName, value) => String(value).trim());
const numberList = fieldType('string', (_context, _displayName, value) => parseIds(value));
/** An amount to compare with; 0 and what is no amount do not matter. */
const amountLimit = fieldType(
	'number',
	(_context, _displayName, value) => (Number(value) > 0 ? Number(value) : undefined),
	{ typeOptions: { minValue: 0 }, default: 0 },
);

/** The filters of a trigger on payments, by what SePay itself cannot select. */
export const paymentFilters: Field[] = [
	numberList('accountNumbers', 'Only transfers of the bank accounts with these numbers', {
		placeholder: 'e.g. 0071000888888, 1017588888',
	}),
	text(
		'content',
		'Only transfers whose memo contains this text; case, accents, spaces and dashes do not matter',
		{ displayName: 'Content Contains', placeholder: 'e.g. hoc phi' },
	),
	amountLimit('maxAmount', 'Only transfers of at most this amount in VND; 0 for any', {
		displayName: 'Largest Amount',
	}),
	text(
		'code',
		'Only transfers whose payment code matches; * stands for any characters. Case, spaces and dashes do not matter.',
		{ displayName: 'Payment Code', placeholder: 'e.g. DH*' },
	),
	amountLimit('minAmount', 'Only transfers of at least this amount in VND; 0 for any', {
		displayName: 'Smallest Amount',
	}),
	numberList('subAccounts', 'Only transfers into the sub-accounts (VAs) with these numbers', {
		displayName: 'Sub-Account Numbers',
		placeholder: 'e.g. VCB0011ABC001',
	}),
];

/** The check of transactions by the filters of the node. */
export function paymentFilter(context: ParameterContext): (transaction: Transaction) => boolean {
	const filters = readForm(context, { filters: paymentFilters });
	return (transaction) => matches(filters, transaction);
}
