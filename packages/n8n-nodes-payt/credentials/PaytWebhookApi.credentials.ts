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
				"The secret that Payt signs deliveries with. Payt shows it once, on the webhook's settings page.",
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The old secret, after you replaced it at Payt. Payt keeps signing with it for a while. Clear this field afterwards.',
		},
	];
}
