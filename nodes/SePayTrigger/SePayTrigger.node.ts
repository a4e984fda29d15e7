import {
	NodeConnectionTypes,
	type ICredentialsDisplayOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { getBankAccounts } from '../shared/sePay/listSearch/getBankAccounts';
import { getSubAccounts } from '../shared/sePay/listSearch/getSubAccounts';
import { webhookSecretTest } from '../shared/sePay/webhookCredential';
import { passOnce } from '../shared/triggers/deduplication';
import { deliveryWebhook } from '../shared/triggers/triggerFields';
import { catchUp } from './catchUp';
import { deduplicationIdOf } from './payload';
import { properties } from './properties';
import { webhookMethods } from './registration';
import { RESPONSE_CODE, webhook } from './webhook';

/**
 * Where the node is set up by hand. An imported node lacks a parameter at its default, and n8n's editor
 * would choose for it from the credentials that "automatic" does not hide.
 */
const whenByHand: ICredentialsDisplayOptions = {
	hide: { setUp: [{ _cnd: { not: 'byHand' } } as unknown as string] },
};

export class SePayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay Trigger',
		name: 'sePayTrigger',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['trigger'],
		// Version 1 is what lets the node have the bytes of a delivery unread (triggerFields.ts).
		version: 1,
		subtitle:
			'={{ $parameter["setUp"] === "byHand" ? "set up by hand" : { In_only: "money in", Out_only: "money out", All: "money in and out" }[$parameter["eventType"]] }}',
		description: 'Starts the workflow on each transfer into or out of a Vietnamese bank account',
		defaults: { name: 'SePay Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'sePayOAuth2Api',
				required: true,
				// Hidden and not shown, else n8n's editor takes Setup out of the form.
				displayOptions: { hide: { setUp: ['byHand'] } },
			},
			{
				name: 'sePayWebhookApi',
				displayName: 'SePay Webhook API (with the secret that you entered at SePay)',
				required: true,
				testedBy: 'webhookSecretTest',
				displayOptions: whenByHand,
			},
			{
				name: 'sePayTokenApi',
				displayName: 'SePay Token API (optional, to catch up on missed payments)',
				displayOptions: whenByHand,
			},
		],
		// With the body of webhookRequest.ts it satisfies every rule that SePay has published.
		webhooks: [deliveryWebhook(RESPONSE_CODE)],
		properties,
	};

	methods = {
		listSearch: { getBankAccounts, getSubAccounts },
		credentialTest: { webhookSecretTest },
	};

	webhookMethods = { default: webhookMethods };

	webhook = webhook;

	trigger = catchUp;

	execute = passOnce(deduplicationIdOf);
}
