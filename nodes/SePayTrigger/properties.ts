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
		displayOptions: manualProperties,
	},
	...[eventType, ...bankAccounts].map(({ parameter }) => whenAutomatic(parameter)),
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
		displayOptions: automaticProperties,
	},
	deduplicate,
	{
		...catchUp,
		default: 'interval',
		displayOptions: { show: { ...automaticProperties.show, deduplicate: [true] } },
		description: `${catchUp.description}. It needs the scope transaction:read.`,
	},
	{
		...catchUpMinutes,
		displayOptions: {
			show: { ...automaticProperties.show, deduplicate: [true], catchUp: ['interval'] },
		},
	},
	simplify,
	collectionParameter('Filters', 'filters', 'Add Filter', paymentFilters),
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
			rememberedPayments,
		]),
		displayOptions: manualProperties,
	},
	rawBodyOption,
];
