import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { collectionOf, simplify } from '../shared/descriptions';
import {
	accounts,
	eventType,
	prefixFilters,
	skipIfNoCode,
	subAccounts,
} from '../shared/webhookFields';

const automatic: IDisplayOptions = { show: { setUp: ['automatic'] } };
const byHand: IDisplayOptions = { show: { setUp: ['byHand'] } };

const whenAutomatic = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { ...property.displayOptions?.show, ...automatic.show } },
});

const filters: INodeProperties[] = [
	{
		displayName: 'Account Numbers',
		name: 'accountNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0071000888888, 1017588888',
		description: 'Only transfers of the bank accounts with these numbers',
	},
	{
		displayName: 'Content Contains',
		name: 'content',
		type: 'string',
		default: '',
		placeholder: 'e.g. hoc phi',
		description: 'Only transfers whose memo contains this text, in upper or lower case',
	},
	{
		displayName: 'Largest Amount',
		name: 'maxAmount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Only transfers of at most this amount in VND; 0 for any',
	},
	{
		displayName: 'Payment Code',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. DH*',
		description:
			'Only transfers whose payment code matches, in upper or lower case; * stands for any characters',
	},
	{
		displayName: 'Smallest Amount',
		name: 'minAmount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Only transfers of at least this amount in VND; 0 for any',
	},
	{
		displayName: 'Sub-Account Numbers',
		name: 'subAccounts',
		type: 'string',
		default: '',
		placeholder: 'e.g. VCB0011ABC001',
		description: 'Only transfers into the sub-accounts (VAs) with these numbers',
	},
];

const rememberedPayments: INodeProperties = {
	displayName: 'Remembered Payments',
	name: 'rememberedPayments',
	type: 'number',
	typeOptions: { minValue: 1000, maxValue: 200000 },
	default: 10000,
	description:
		'How many payments to remember at least, so that a repeat is known; those of 7 days are remembered anyway, up to 50000. A longer memory makes each payment a little slower.',
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Set-Up',
		name: 'setUp',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'The node registers itself at SePay when the workflow is published',
			},
			{
				name: 'By Hand',
				value: 'byHand',
				description: 'You paste the address into SePay; needs no OAuth application',
			},
		],
		default: 'automatic',
		description: 'How SePay learns the address of this node',
	},
	{
		displayName:
			'In SePay add a webhook with the Production URL above. Choose content type application/json, automatic retry, and the authentication of the credential with the same secret. Then publish this workflow.',
		name: 'byHandNotice',
		type: 'notice',
		default: '',
		displayOptions: byHand,
	},
	whenAutomatic(eventType),
	...accounts.map(whenAutomatic),
	{
		displayName: 'Authentication',
		name: 'authenType',
		type: 'options',
		options: [
			{
				name: 'API Key',
				value: 'Api_Key',
				description: 'SePay sends a key that the node makes itself',
			},
			{
				name: 'HMAC-SHA256',
				value: 'HMAC_SHA256',
				description: 'SePay signs each delivery with a secret that the node makes; recommended',
			},
			{ name: 'None', value: 'No_Authen', description: 'Anyone who knows the address can deliver' },
		],
		default: 'HMAC_SHA256',
		description: 'How the node tells that a delivery comes from SePay',
		displayOptions: automatic,
	},
	{
		displayName: 'Start Once for Each Payment',
		name: 'deduplicate',
		type: 'boolean',
		default: true,
		description:
			'Whether repeated deliveries of a payment are received but passed on only once; test sends always pass',
	},
	{
		displayName: 'Catch Up on Missed Payments',
		name: 'catchUp',
		type: 'options',
		options: [
			{
				name: 'At an Interval',
				value: 'interval',
				description: 'When n8n starts or the workflow is published, and then again and again',
			},
			{
				name: 'Off',
				value: 'off',
				description: 'Payments that SePay could not deliver do not start the workflow',
			},
			{
				name: 'On Start',
				value: 'onStart',
				description: 'When n8n starts or the workflow is published',
			},
		],
		default: 'interval',
		description:
			'When to look in the list of transactions for payments that no delivery brought. It needs the scope transaction:read.',
		displayOptions: { show: { ...automatic.show, deduplicate: [true] } },
	},
	{
		displayName: 'Minutes Between',
		name: 'catchUpMinutes',
		type: 'options',
		options: [5, 10, 15, 30, 60].map((value) => ({ name: String(value), value })),
		default: 30,
		description: 'How often to look for missed payments',
		displayOptions: {
			show: { ...automatic.show, deduplicate: [true], catchUp: ['interval'] },
		},
	},
	simplify,
	collectionOf('Filters', 'filters', 'Add Filter', filters),
	{
		...collectionOf('Additional Fields', 'additionalFields', 'Add Field', [
			{
				displayName: 'Look-Back Hours',
				name: 'lookBackHours',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 168 },
				default: 24,
				description:
					'How far back to look for missed payments, never before the workflow was first published',
			},
			prefixFilters,
			rememberedPayments,
			skipIfNoCode,
			...subAccounts,
		]),
		displayOptions: automatic,
	},
	{
		...collectionOf('Additional Fields', 'additionalFields', 'Add Field', [rememberedPayments]),
		displayOptions: byHand,
	},
	// n8n then leaves the body of a delivery unread, so that signatures of all content types verify.
	{
		displayName: 'Options',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
];
