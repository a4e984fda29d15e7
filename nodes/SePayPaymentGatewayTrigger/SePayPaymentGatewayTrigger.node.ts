import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
} from 'n8n-workflow';
import { passOnce } from '../shared/triggers/deduplication';
import { lendEmit } from '../shared/triggers/emitOnce';
import { deliveryWebhook } from '../shared/triggers/triggerFields';
import { properties } from './properties';
import { takeDelivery } from './webhook';

export class SePayPaymentGatewayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay Payment Gateway Trigger',
		name: 'sePayPaymentGatewayTrigger',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['trigger'],
		// Version 1 is what lets the node have the bytes of a delivery unread (triggerFields.ts).
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when an order is paid on the SePay checkout page, or voided (IPN)',
		defaults: { name: 'SePay Payment Gateway Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sePayPaymentGatewayApi', required: true }],
		webhooks: [deliveryWebhook()],
		properties,
	};

	// SePay's API knows no IPN settings: the URL is entered by hand.
	webhookMethods = {
		default: { checkExists: async () => true, create: async () => true, delete: async () => true },
	};

	webhook = takeDelivery;

	async trigger(this: ITriggerFunctions) {
		return lendEmit(this);
	}

	execute = passOnce();
}
