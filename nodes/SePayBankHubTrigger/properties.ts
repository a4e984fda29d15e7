import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { eventOptions, EVENTS } from '../shared/bankHub/webhook';
import {
	collectionParameter,
	credentialSelectors,
	shownFor,
	simplify,
} from '../shared/operations/descriptions';
import { filters } from '../shared/sePay/paymentFilters';
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
		noDataExpression: true,
		options: [
			{
				name: 'Balance Changes',
				value: 'balanceChanges',
				description: 'A transfer into or out of a linked bank account (IPN)',
			},
			{
				name: 'Lifecycle Events',
				value: 'events',
				description: 'A customer links or unlinks a bank account, step by step',
			},
		],
		default: 'events',
		description: 'What starts the workflow',
	},
	{
		displayName:
			'Bank Hub has one webhook for all lifecycle events of a merchant. Publishing this workflow points it at this node. If another URL is set there later, this node stops receiving events.',
		name: 'eventsNotice',
		type: 'notice',
		default: '',
		displayOptions: eventProperties,
	},
	{
		displayName:
			'For balance changes (IPN), send SePay the Production URL above. SePay then sends you an API key: enter it in the credential, with Authentication set to API Key. Then publish this workflow.',
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
		description:
			'The events that start the workflow. If all are selected, events that SePay adds later start it too.',
		displayOptions: eventProperties,
	},
	{
		displayName: 'Replace Existing Webhook',
		name: 'replaceExisting',
		type: 'boolean',
		default: false,
		description:
			'Whether to replace another URL that is set at Bank Hub. Unpublishing restores it with a random secret, because Bank Hub does not show the old one. Set its secret again afterwards.',
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
		description: 'The transactions that start the workflow',
		displayOptions: balanceChangeProperties,
	},
	{
		...deduplicate,
		displayName: 'Start Once for Each Notification',
		description: 'Whether to ignore duplicate deliveries of an event or a transaction',
	},
	{
		...catchUp,
		displayOptions: balanceChangeProperties,
		description: `${catchUp.description}. Requires a Bank Hub credential, and Start Once for Each Notification.`,
	},
	shownFor({ ...balanceChangeProperties.show, catchUp: ['interval'] }, catchUpMinutes),
	simplify,
	{ ...filters, displayOptions: balanceChangeProperties },
	{
		...collectionParameter('Additional Fields', 'additionalFields', 'Add Field', [
			lookBackHours,
			rememberedPayments,
		]),
		displayOptions: balanceChangeProperties,
	},
	rawBodyOption,
];
