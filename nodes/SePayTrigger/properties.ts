import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { collectionParameter, simplify } from '../shared/operations/descriptions';
import { paymentFilters } from '../shared/sePay/paymentFilters';
import {
	bankAccounts,
	eventType,
	prefixFilters,
	skipIfNoCode,
	subAccounts,
} from '../shared/sePay/webhookFields';
import {
	catchUp,
	catchUpMinutes,
	deduplicate,
	lookBackHours,
	rawBodyOption,
	rememberedPayments,
} from '../shared/triggers/triggerFields';

const automaticProperties: IDisplayOptions = { show: { setUp: ['automatic'] } };
const manualProperties: IDisplayOptions = { show: { setUp: ['byHand'] } };

const whenAutomatic = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { ...property.displayOptions?.show, ...automaticProperties.show } },
});

/** Set up by hand, SePay alone knows what it delivers. */
const forCatchUp = (property: INodeProperties): INodeProperties => ({
	...property,
	description: 'Which missed payments to look for. Choose the same as for the webhook at SePay.',
});

export const properties: INodeProperties[] = [
	{
		displayName: 'Set-Up',
		name: 'setUp',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'The node registers its webhook at SePay when you publish the workflow',
			},
			{
				name: 'By Hand',
				value: 'byHand',
				description: 'You paste the URL into SePay; no OAuth application needed',
			},
		],
		default: 'automatic',
		description: 'How SePay gets the URL of this node',
	},
	{
		displayName:
			'At SePay, add a webhook with the Production URL above. Choose content type application/json, automatic retry, and the same authentication and secret as in the credential. Then publish this workflow. With an API token, the node also catches up on payments that SePay could not deliver. Without one, find them in the log of the webhook at SePay.',
		name: 'byHandNotice',
		type: 'notice',
		default: '',
		displayOptions: manualProperties,
	},
	whenAutomatic(eventType.parameter),
	{
		...forCatchUp(eventType.parameter),
		displayOptions: {
			show: { ...manualProperties.show, deduplicate: [true], catchUp: ['interval', 'onStart'] },
		},
	},
	...bankAccounts.map(({ parameter }) => whenAutomatic(parameter)),
	{
		displayName: 'Authentication',
		name: 'authenType',
		type: 'options',
		options: [
			{
				name: 'API Key',
				value: 'Api_Key',
				description: 'SePay sends a key that the node generates',
			},
			{
				name: 'HMAC-SHA256',
				value: 'HMAC_SHA256',
				description: 'SePay signs each delivery with a secret that the node generates; recommended',
			},
			{
				name: 'None',
				value: 'No_Authen',
				description: 'Anyone who knows the URL can send deliveries',
			},
		],
		default: 'HMAC_SHA256',
		description: 'How the node verifies that SePay sent a delivery',
		displayOptions: automaticProperties,
	},
	deduplicate,
	{
		...catchUp,
		default: 'interval',
		displayOptions: { show: { deduplicate: [true] } },
		description: `${catchUp.description}. Requires the scope transaction:read or, with Set-Up By Hand, an API token.`,
	},
	{
		...catchUpMinutes,
		displayOptions: {
			show: { deduplicate: [true], catchUp: ['interval'] },
		},
	},
	simplify,
	collectionParameter(
		'Filters',
		'filters',
		'Add Filter',
		paymentFilters.map(({ parameter }) => parameter),
	),
	{
		...collectionParameter('Additional Fields', 'additionalFields', 'Add Field', [
			lookBackHours,
			rememberedPayments,
			...[prefixFilters, skipIfNoCode, ...subAccounts].map(({ parameter }) => parameter),
		]),
		displayOptions: automaticProperties,
	},
	{
		...collectionParameter('Additional Fields', 'additionalFields', 'Add Field', [
			lookBackHours,
			forCatchUp(prefixFilters.parameter),
			rememberedPayments,
			forCatchUp(skipIfNoCode.parameter),
		]),
		displayOptions: manualProperties,
	},
	rawBodyOption,
];
