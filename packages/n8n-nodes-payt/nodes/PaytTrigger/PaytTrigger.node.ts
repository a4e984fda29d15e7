import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
} from 'n8n-workflow';
import { passOnce } from '../../../../nodes/shared/triggers/deduplication';
import { lendEmit } from '../../../../nodes/shared/triggers/emitOnce';
import { deliveryWebhook } from '../../../../nodes/shared/triggers/triggerFields';
import { properties } from './properties';
import { assertSecret, webhookSecretTest } from './verification';
import { webhook } from './webhook';

export class PaytTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Payt Trigger',
		name: 'paytTrigger',
		icon: { light: 'file:../../icons/payt.svg', dark: 'file:../../icons/payt.dark.svg' },
		group: ['trigger'],
		// Version 1 is what lets the node have the bytes of a delivery unread (triggerFields.ts).
		version: 1,
		subtitle:
			'={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow on events in Payt, for example a paid invoice or a sent reminder',
		defaults: { name: 'Payt Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'paytWebhookApi', required: true, testedBy: 'webhookSecretTest' }],
		webhooks: [deliveryWebhook()],
		properties,
	};

	methods = { credentialTest: { webhookSecretTest } };

	// Payt's API knows no webhooks: they are made and removed by hand in its settings.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await assertSecret.call(this);
			},
			create: async () => true,
			delete: async () => true,
		},
	};

	webhook = webhook;

	async trigger(this: ITriggerFunctions) {
		return lendEmit(this);
	}

	execute = passOnce();
}
