import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { webhookSecretTest } from '../shared/sePay/webhookCredential';
import { passOnce } from '../shared/triggers/deduplication';
import { deliveryWebhook } from '../shared/triggers/triggerFields';
import { catchUp } from './catchUp';
import { deduplicationIdOf } from './payload';
import { properties } from './properties';
import { webhookMethods } from './registration';
import { webhook } from './webhook';

export class SePayBankHubTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay Bank Hub Trigger',
		name: 'sePayBankHubTrigger',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['trigger'],
		// Version 1 is what lets the node have the bytes of a delivery unread (triggerFields.ts).
		version: 1,
		subtitle:
			'={{ $parameter["triggerOn"] === "events" ? "lifecycle events" : "balance changes" }}',
		description:
			'Starts the workflow when a customer links or unlinks a bank account, or its balance changes',
		defaults: { name: 'SePay Bank Hub Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'sePayBankHubApi',
				required: true,
				// For events, and for balance changes that are caught up on.
				displayOptions: { hide: { catchUp: ['off'] } },
			},
			{
				name: 'sePayWebhookApi',
				required: true,
				testedBy: 'webhookSecretTest',
				displayOptions: { show: { triggerOn: ['balanceChanges'] } },
			},
		],
		// Bank Hub's documents name 200 for events and {"success": true} for balance changes.
		webhooks: [deliveryWebhook()],
		properties,
	};

	methods = { credentialTest: { webhookSecretTest } };

	webhookMethods = { default: webhookMethods };

	webhook = webhook;

	trigger = catchUp;

	execute = passOnce(deduplicationIdOf);
}
