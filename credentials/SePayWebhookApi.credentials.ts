import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class SePayWebhookApi implements ICredentialType {
	name = 'sePayWebhookApi';

	displayName = 'SePay Webhook API';

	icon: Icon = { light: 'file:../icons/sepay.svg', dark: 'file:../icons/sepay.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay/blob/main/docs/credentials.md#sepay-webhook-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authenType',
			type: 'options',
			options: [
				{
					name: 'HMAC-SHA256',
					value: 'HMAC_SHA256',
					description: 'SePay signs each delivery; recommended',
				},
				{
					name: 'API Key',
					value: 'Api_Key',
					description: 'SePay sends "Authorization: Apikey …" with each delivery',
				},
			],
			default: 'HMAC_SHA256',
			description: 'The authentication that you chose for the webhook at SePay',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authenType: ['HMAC_SHA256'] } },
			required: true,
			default: '',
			description: 'The secret that SePay signs deliveries with, exactly as SePay shows it',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authenType: ['Api_Key'] } },
			required: true,
			default: '',
			description: 'The key that you entered for the webhook at SePay, without the word "Apikey"',
		},
	];
}
