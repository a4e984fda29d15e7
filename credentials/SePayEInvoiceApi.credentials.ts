import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { authorization, eInvoice, renewToken } from '../nodes/shared/eInvoice/api';
import { redirectRules } from '../nodes/shared/transport/errors';

export class SePayEInvoiceApi implements ICredentialType {
	name = 'sePayEInvoiceApi';

	displayName = 'SePay eInvoice API';

	icon: Icon = { light: 'file:../icons/sepay.svg', dark: 'file:../icons/sepay.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay/blob/main/docs/credentials.md#sepay-einvoice-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another host, or a test server',
				},
				{
					name: 'Production',
					value: 'production',
					description: 'Sends invoices to the tax authority, at https://einvoice-api.sepay.vn',
				},
				{
					name: 'Sandbox',
					value: 'sandbox',
					description:
						'Sends nothing to the tax authority, at https://einvoice-api-sandbox.sepay.vn',
				},
			],
			default: 'production',
			description: 'The environment of the client ID and secret. Each environment has its own.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://einvoice-api.sepay.example',
			description: 'URL of the host, with http:// or https://. The API is at /v1 under it.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'The client ID that SePay issued. Leading and trailing spaces are ignored.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The client secret that SePay issued. Leading and trailing spaces are ignored.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return { accessToken: await renewToken.call(this, credentials) };
	}

	authenticate: IAuthenticate = async (credentials, options) => ({
		...options,
		// The test below knows no address.
		baseURL: options.baseURL ?? eInvoice.baseUrl(credentials),
		headers: { ...options.headers, ...authorization(credentials) },
	});

	test: ICredentialTestRequest = {
		request: { url: '/v1/provider-accounts', disableFollowRedirect: true },
		rules: redirectRules(eInvoice.name),
	};
}
