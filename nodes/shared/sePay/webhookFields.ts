import type { INodeProperties } from 'n8n-workflow';
import { locator, locators } from '../operations/locators';

export const eventType: INodeProperties = {
	displayName: 'Event Type',
	name: 'eventType',
	type: 'options',
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
	description: 'Which transfers SePay delivers',
};

/** Which bank accounts, by all or one or several. */
export const bankAccounts: INodeProperties[] = [
	{
		displayName: 'Bank Accounts',
		name: 'bankMode',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'One', value: 'single' },
			{ name: 'Several', value: 'multi' },
		],
		default: 'all',
		description: 'Whose transfers SePay delivers',
	},
	{
		...locator('Bank Account', 'bankAccountId', 'getBankAccounts', 'The bank account to watch'),
		displayOptions: { show: { bankMode: ['single'] } },
	},
	{
		...locators('Bank Accounts Chosen', 'bankAccountIds', {
			displayName: 'Bank Account',
			listSearch: 'getBankAccounts',
		}),
		displayOptions: { show: { bankMode: ['multi'] } },
	},
];

export const prefixFilters: INodeProperties = {
	displayName: 'Payment Code Prefixes',
	name: 'prefixFilters',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Prefix' },
	default: [],
	placeholder: 'e.g. DH',
	description:
		'Deliver only transfers whose payment code begins with one of these; upper and lower case count',
};

export const skipIfNoCode: INodeProperties = {
	displayName: 'Skip If No Code',
	name: 'skipIfNoCode',
	type: 'boolean',
	default: false,
	description: 'Whether transfers without a payment code are not delivered',
};

/** Into which sub-accounts, by all or none or chosen ones. */
export const subAccounts: INodeProperties[] = [
	{
		displayName: 'Sub-Accounts',
		name: 'vaMode',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'Chosen Ones', value: 'list' },
			{ name: 'None', value: 'none' },
		],
		default: 'all',
		description: 'Transfers into which sub-accounts (VAs) SePay delivers',
	},
	{
		...locators('Sub-Accounts Chosen', 'subAccountIds', {
			displayName: 'Sub-Account',
			listSearch: 'getSubAccounts',
		}),
		displayOptions: { show: { vaMode: ['list'] } },
	},
];
