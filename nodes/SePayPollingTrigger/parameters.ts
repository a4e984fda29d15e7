import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type IDataObject,
	type INodeProperties,
} from 'n8n-workflow';
import { collectionParameter, simplify } from '../shared/operations/descriptions';
import { parseIds, UUID, UUID_EXAMPLE } from '../shared/operations/locators';
import { isTokenAuth } from '../shared/sePay/authentication';
import { sePayLocator } from '../shared/sePay/locators';
import type { NewTransactionsOptions } from '../shared/sePay/newTransactions';
import type { TransactionFilters } from '../shared/sePay/transactionFilters';
import { convertTransaction, simplifyTransaction } from '../shared/sePay/transactions';

const DEFAULT_LOOK_BACK_DAYS = 7;
const MAX_LOOK_BACK_DAYS = 90;

export const parameters: INodeProperties[] = [
	simplify,
	collectionParameter('Filters', 'filters', 'Add Filter', [
		{
			displayName: 'Account Number',
			name: 'accountNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0071000888888',
			description: 'Start only on transfers of the bank account with this number',
		},
		sePayLocator(
			'Bank Account',
			'bankAccountId',
			'getBankAccounts',
			'Start only on transfers of this bank account. By ID, you can enter several: 12, 19.',
		),
		{
			displayName: 'Maximum Amount',
			name: 'maxAmount',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			placeholder: 'e.g. 50000000',
			description: 'Start only on transfers of up to this amount, in whole VND. 0 means no limit.',
		},
		{
			displayName: 'Memo Contains',
			name: 'content',
			type: 'string',
			default: '',
			placeholder: 'e.g. hoc phi',
			description:
				'Start only on transfers with this text in their memo. Case, accents, spaces and dashes are ignored.',
		},
		{
			displayName: 'Minimum Amount',
			name: 'minAmount',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			placeholder: 'e.g. 10000',
			description: 'Start only on transfers of at least this amount, in whole VND',
		},
		{
			displayName: 'Payment Code',
			name: 'code',
			type: 'string',
			default: '',
			placeholder: 'e.g. DH*',
			description:
				'Start only on transfers with this payment code. * matches any characters. Case, spaces and dashes are ignored.',
		},
		{
			displayName: 'Transfer Type',
			name: 'transferType',
			type: 'options',
			options: [
				{ name: 'Money In', value: 'in' },
				{ name: 'Money Out', value: 'out' },
			],
			default: 'in',
			description: 'Start only on transfers in this direction',
		},
	]),
	collectionParameter('Options', 'options', 'Add Option', [
		{
			displayName: 'Look Back (Days)',
			name: 'lookBack',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_LOOK_BACK_DAYS },
			default: DEFAULT_LOOK_BACK_DAYS,
			description:
				'How many days to look back for missed transactions, after n8n was down or the workflow was unpublished',
		},
	]),
];

/**
 * What the parameters ask for, and how a row of SePay becomes an item.
 *
 * @param valueOf gets a parameter by its name, for which polls and runs have calls of their own
 * @throws NodeOperationError when one of them cannot be meant
 */
export function parseParameters(
	context: Pick<IAllExecuteFunctions, 'getNode'>,
	valueOf: (name: string) => unknown,
): NewTransactionsOptions & { shape: (row: IDataObject) => IDataObject } {
	const filters = valueOf('filters') as IDataObject;
	const { lookBack } = valueOf('options') as IDataObject;
	const shape = valueOf('simplify') ? simplifyTransaction : convertTransaction;
	const invalid = (displayName: string, wanted: string, value: unknown) =>
		new NodeOperationError(context.getNode(), `${displayName} must be ${wanted}`, {
			description: `It is "${String(value)}".`,
		});
	const whole = (displayName: string, value: unknown, wanted: string, least: number) => {
		const number = /^\d+$/.test(String(value ?? '').trim()) ? Number(value) : NaN;
		if (Number.isSafeInteger(number) && number >= least) return number;
		throw invalid(displayName, wanted, value);
	};
	const amount = (displayName: string, value: unknown) =>
		whole(displayName, value || 0, 'a whole amount in VND like 500000', 0) || undefined;
	const text = (value: unknown) => String(value ?? '').trim() || undefined;

	const bankAccountIds = parseIds(filters.bankAccountId).map((id) => id.toLowerCase());
	const [form, like] = isTokenAuth(context)
		? [
				new RegExp(`^${UUID}$`),
				`a UUID like ${UUID_EXAMPLE}, as SePay returns it with an API token`,
			]
		: [/^[1-9]\d*$/, 'a whole number like 19'];
	const wrong = bankAccountIds.find((id) => !form.test(id));
	if (wrong !== undefined) throw invalid('Bank Account', like, wrong);
	const minAmount = amount('Minimum Amount', filters.minAmount);
	const maxAmount = amount('Maximum Amount', filters.maxAmount);
	if (minAmount !== undefined && maxAmount !== undefined && minAmount > maxAmount) {
		throw invalid('Minimum Amount', `at most Maximum Amount (${maxAmount})`, minAmount);
	}
	const days = whole(
		'Look Back (Days)',
		lookBack ?? DEFAULT_LOOK_BACK_DAYS,
		`a whole number from 1 to ${MAX_LOOK_BACK_DAYS}`,
		1,
	);
	return {
		filters: {
			bankAccountIds,
			accountNumber: text(filters.accountNumber),
			direction: text(filters.transferType) as TransactionFilters['direction'],
			minAmount,
			maxAmount,
			code: text(filters.code),
			content: text(filters.content),
		},
		lookBackDays: Math.min(days, MAX_LOOK_BACK_DAYS),
		shape,
	};
}
