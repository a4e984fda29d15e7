import {
	fieldType,
	flagAsNumber,
	option,
	showFor,
	textList,
	type Field,
	type FieldFactory,
} from '../operations/fields';
import { parseIds } from '../operations/locators';
import { parameterError } from '../operations/parameterError';
import { parseNumericId, sePayLocator, sePayLocators } from './locators';

/** IDs at SePay with OAuth2, at least one. */
export const numericIds: FieldFactory = fieldType('string', (context, displayName, value) => {
	const ids = parseIds(value).map((id) => Number(parseNumericId(context, displayName, id)));
	if (ids.length > 0) return ids;
	throw parameterError(context, displayName, 'at least one ID', 'Choose one from the list.');
});

export const eventType = option('event_type', [], 'The transfers that SePay delivers', {
	options: [
		{ name: 'Money In', value: 'In_only' },
		{ name: 'Money In and Out', value: 'All' },
		{
			name: 'Money Out',
			value: 'Out_only',
			description: 'Only at Sacombank, TPBank and VietinBank with memo-based virtual accounts',
		},
	],
	default: 'In_only',
});

/** Which bank accounts, by all or one or several. */
export const bankAccounts: Field[] = [
	option('bank_mode', [], 'The bank accounts whose transfers SePay delivers', {
		displayName: 'Bank Accounts',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'One', value: 'single' },
			{ name: 'Several', value: 'multi' },
		],
		default: 'all',
	}),
	...showFor({ bankMode: ['single'] }, [
		{
			parameter: sePayLocator(
				'Bank Account',
				'bankAccountId',
				'getBankAccounts',
				'The bank account to watch',
			),
			sendAs: ['bank_account_id'],
			parse: (context, displayName, value) =>
				Number(parseNumericId(context, displayName, parseIds(value).join(', '))),
		},
	]),
	...showFor({ bankMode: ['multi'] }, [
		{
			...numericIds('bank_account_ids'),
			parameter: sePayLocators('Bank Accounts to Watch', 'bankAccountIds', {
				displayName: 'Bank Account',
				listSearch: 'getBankAccounts',
			}),
		},
	]),
];

export const prefixFilters = textList(
	'prefix_filters',
	'Deliver only transfers whose payment code starts with one of these. Prefixes are case-sensitive.',
	{
		displayName: 'Payment Code Prefixes',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Prefix' },
		default: [],
		placeholder: 'e.g. DH',
	},
);

export const skipIfNoCode = flagAsNumber(
	'skip_if_no_code',
	'Whether to skip transfers without a payment code',
	{ displayName: 'Skip If No Code', default: false },
);

/** Into which sub-accounts, by all or none or chosen ones. */
export const subAccounts: Field[] = [
	option('va_mode', [], 'The sub-accounts (VAs) whose incoming transfers SePay delivers', {
		displayName: 'Sub-Accounts',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'None', value: 'none' },
			{ name: 'Selected', value: 'list' },
		],
		default: 'all',
	}),
	...showFor({ vaMode: ['list'] }, [
		{
			...numericIds('bank_sub_account_ids'),
			parameter: sePayLocators('Sub-Accounts to Watch', 'subAccountIds', {
				displayName: 'Sub-Account',
				listSearch: 'getSubAccounts',
			}),
		},
	]),
];
