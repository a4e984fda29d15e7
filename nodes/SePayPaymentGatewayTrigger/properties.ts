import type { INodeProperties } from 'n8n-workflow';
import { collectionParameter, simplify } from '../shared/operations/descriptions';
import { includeCardData, paymentMethods } from '../shared/paymentGateway/orders';
import { deduplicate, rawBodyOption, rememberedPayments } from '../shared/triggers/triggerFields';
import { events } from './events';

export const properties: INodeProperties[] = [
	{
		displayName:
			'Publish this workflow. Then, at my.sepay.vn, open Payment Gateway → Configuration → IPN, enter the Production URL above, and choose the authentication SECRET_KEY. If the key there is not your Secret Key, enter it in the credential as IPN Secret Key.',
		name: 'ipnNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: events,
		default: ['ORDER_PAID', 'RENEWAL_ORDER_PAID'],
		required: true,
		description: 'The events that start the workflow',
	},
	{
		displayName: 'Payment Methods',
		name: 'paymentMethods',
		type: 'multiOptions',
		options: paymentMethods,
		default: ['BANK_TRANSFER', 'CARD', 'NAPAS_BANK_TRANSFER'],
		required: true,
		description:
			'The payment methods that start the workflow. If all are selected, methods that SePay adds later start it too.',
	},
	{
		...deduplicate,
		displayName: 'Start Once for Each Notification',
		description: 'Whether to ignore duplicate deliveries of a notification',
	},
	simplify,
	collectionParameter('Additional Fields', 'additionalFields', 'Add Field', [
		includeCardData.parameter,
		rememberedPayments,
	]),
	rawBodyOption,
];
