import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import {
	collectionParameter,
	credentialSelectors,
	shownFor,
	simplify,
} from '../shared/operations/descriptions';
import { filters } from '../shared/sePay/paymentFilters';
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

const whenAutomatic = (property: INodeProperties) => shownFor(automaticProperties.show, property);

/** Set up by hand, SePay alone knows what it delivers. */
const forCatchUp = (property: INodeProperties): INodeProperties => ({
	...property,
	description: 'Which missed payments to look for. Choose the same as for the webhook at SePay.',
});

export const properties: INodeProperties[] = [
	{
		displayName: 'Setup',
		name: 'setUp',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'For those with an OAuth application that SePay approved. Publishing the workflow adds the webhook.',
			},
			{
				name: 'By Hand',
				value: 'byHand',
				description:
					'For everyone else. You add the webhook at my.sepay.vn yourself, which takes two minutes.',
			},
		],
		default: 'automatic',
		description: 'How SePay gets the URL of this node',
	},
	{
		displayName:
			'Automatic is for those with an OAuth application that SePay approved: publishing this workflow adds the webhook. By Hand is for everyone else: you add the webhook at my.sepay.vn yourself, in two minutes.',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: automaticProperties,
	},
	{
		displayName:
			'<ul><li>Open Webhook URLs above and copy the Production URL.</li><li>At my.sepay.vn, add a webhook with this URL, content type application/json, automatic retry, and authentication HMAC-SHA256 with a secret key.</li><li>Below, create the SePay Webhook credential with the same secret key.</li><li>Publish this workflow.</li></ul>With an API token, the node also catches up on payments that SePay could not deliver. Without one, find them in the log of the webhook at SePay.',
		name: 'byHandNotice',
		type: 'notice',
		default: '',
		displayOptions: manualProperties,
	},
	credentialSelectors,
	whenAutomatic(eventType.parameter),
	shownFor(
		{ ...manualProperties.show, deduplicate: [true], catchUp: ['interval', 'onStart'] },
		forCatchUp(eventType.parameter),
	),
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
		description: `${catchUp.description}. Requires the scope transaction:read or, with Setup set to By Hand, an API token.`,
	},
	shownFor({ deduplicate: [true], catchUp: ['interval'] }, catchUpMinutes),
	simplify,
	filters,
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
