import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { collectionParameter, simplify } from '../shared/operations/descriptions';
import { fieldType, readForm, text, toParameters, type Field } from '../shared/operations/fields';
import { parseIds } from '../shared/operations/locators';
import type { ParameterContext } from '../shared/operations/parameterError';
import { parseInteger } from '../shared/operations/parameterParsers';
import { parseSePayId, sePayLocator } from '../shared/sePay/locators';
import type { NewTransactionsOptions } from '../shared/sePay/newTransactions';
import { maxAmount, minAmount, transferType } from '../shared/sePay/paymentFilters';
import { simplify as toSimple, type Transaction } from '../shared/sePay/transaction';

const DEFAULT_LOOK_BACK_DAYS = 7;
const MAX_LOOK_BACK_DAYS = 90;

/** The filters by their names in TransactionFilters, in the order in which a mark holds them. */
const filters: Field[] = [
	{
		parameter: sePayLocator(
			'Bank Account',
			'bankAccountId',
			'getBankAccounts',
			'Start only on transfers of this bank account. By ID, you can enter several: 12, 19.',
		),
		sendAs: ['bankAccountIds'],
		parse: (context, displayName, value) =>
			parseIds(value).map((id) => parseSePayId(context, displayName, id).toLowerCase()),
	},
	text('accountNumber', 'Start only on transfers of the bank account with this number', {
		placeholder: 'e.g. 0071000888888',
	}),
	{ ...transferType('Start only on transfers in this direction'), sendAs: ['direction'] },
	minAmount,
	maxAmount,
	text(
		'code',
		'Start only on transfers with this payment code. * matches any characters. Case, spaces and dashes are ignored.',
		{ displayName: 'Payment Code', placeholder: 'e.g. DH*' },
	),
	text(
		'content',
		'Start only on transfers with this text in their memo. Case, accents, spaces and dashes are ignored.',
		{ displayName: 'Memo Contains', placeholder: 'e.g. hoc phi' },
	),
];

const options = [
	fieldType('number', (...given) => Math.min(parseInteger(...given, 1), MAX_LOOK_BACK_DAYS), {
		typeOptions: { minValue: 1, maxValue: MAX_LOOK_BACK_DAYS },
		default: DEFAULT_LOOK_BACK_DAYS,
	})(
		'lookBackDays',
		'How many days to look back for missed transactions, after n8n was down or the workflow was unpublished',
		{ name: 'lookBack', displayName: 'Look Back (Days)' },
	),
];

export const parameters: INodeProperties[] = [
	simplify,
	collectionParameter('Filters', 'filters', 'Add Filter', toParameters(filters)),
	collectionParameter('Options', 'options', 'Add Option', toParameters(options)),
];

/** What is wanted, and how it becomes an item. @throws NodeOperationError when a parameter cannot be meant */
export function parseParameters(
	context: ParameterContext,
): NewTransactionsOptions & { shape: (transaction: Transaction) => IDataObject } {
	const { lookBackDays, ...wanted } = readForm(context, { filters, options });
	return {
		filters: { bankAccountIds: [], ...wanted },
		lookBackDays: Number(lookBackDays ?? DEFAULT_LOOK_BACK_DAYS),
		shape: context.getNodeParameter('simplify') ? toSimple : ({ raw }) => raw,
	};
}
