import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { eventOptions, EVENTS } from '../shared/bankHub/webhook';
import { collectionParameter, credentialSelectors, simplify } from '../shared/operations/descriptions';
import { paymentFilters } from '../shared/sePay/paymentFilters';
import {
	catchUp,
	catchUpMinutes,
	deduplicate,
	lookBackHours,
	rawBodyOption,
	rememberedPayments,
} from '../shared/triggers/triggerFields';

const eventProperties: IDisplayOptions = { show: { triggerOn: ['events'] } };
const balanceChangeProperties: IDisplayOptions = { show: { triggerOn: ['balanceChanges'] } };

export const properties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		options: [
			{
				name: 'Balance Changes',
				value: 'balanceChanges',
				description: 'Money came into or went out of a linked bank account (IPN)',
			},
			{
				name: 'Life-Cycle Events',
				value: 'events',
				description: 'A customer links or unlinks a bank account, step by step',
			},
		],
		default: 'events',
		description: 'What starts the workflow',
	},
	{
		displayName:
			'Bank Hub has one webhook for all life-cycle events of a merchant. Publishing this workflow sets it to this node; it stops when another address is set there.',
		name: 'eventsNotice',
		type: 'notice',
		default: '',
		displayOptions: eventProperties,
	},
	{
		displayName:
			'Give SePay the Production URL above for balance changes (IPN), and enter the API key that SePay gives you in the credential, with Authentication API Key. Then publish this workflow.',
		name: 'balanceChangesNotice',
		type: 'notice',
		default: '',
		displayOptions: balanceChangeProperties,
	},
	credentialSelectors,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: eventOptions,
		default: [...EVENTS],
		required: true,
		description: 'Which events start the workflow. With all chosen, events new at SePay do too.',
		displayOptions: eventProperties,
	},
	{
		displayName: 'Replace Existing Webhook',
		name: 'replaceExisting',
		type: 'boolean',
		default: false,
		description:
			'Whether to take the place of another address at Bank Hub. Unpublishing puts it back with a random secret, because Bank Hub does not show the one before: set its secret again afterwards.',
		displayOptions: eventProperties,
	},
	{
		displayName: 'Event Type',
		name: 'transferType',
		type: 'options',
		options: [
			{ name: 'Money In', value: 'in' },
			{ name: 'Money In and Out', value: 'all' },
			{ name: 'Money Out', value: 'out' },
		],
		default: 'in',
		description: 'Which transactions start the workflow',
		displayOptions: balanceChangeProperties,
	},
	{
		...deduplicate,
		displayName: 'Start Once for Each Notice',
		description:
			'Whether repeated deliveries of an event or a transaction are received but passed on only once',
	},
	{
		...catchUp,
		displayOptions: balanceChangeProperties,
		description: `${catchUp.description}. It needs a Bank Hub credential, and Start Once for Each Notice.`,
	},
	{
		...catchUpMinutes,
		displayOptions: {
			show: { ...balanceChangeProperties.show, catchUp: ['interval'] },
		},
	},
	simplify,
	{
		...collectionParameter('Filters', 'filters', 'Add Filter', paymentFilters),
		displayOptions: balanceChangeProperties,
	},
	{
		...collectionParameter('Additional Fields', 'additionalFields', 'Add Field', [
			lookBackHours,
			rememberedPayments,
		]),
		displayOptions: balanceChangeProperties,
	},
	rawBodyOption,
];
