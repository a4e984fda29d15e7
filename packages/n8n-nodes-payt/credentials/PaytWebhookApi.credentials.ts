import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class PaytWebhookApi implements ICredentialType {
	name = 'paytWebhookApi';

	displayName = 'Payt Webhook API';

	icon: Icon = { light: 'file:../icons/payt.svg', dark: 'file:../icons/payt.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay/tree/main/packages/n8n-nodes-payt#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				"The secret that Payt shows once on the webhook's settings page and signs deliveries with",
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'After the secret was replaced at Payt: the former one, which signs deliveries for a while. Empty it afterwards.',
		},
	];
}
