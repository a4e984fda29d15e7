import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { authorization, bankHub, renewToken } from '../nodes/shared/bankHub/api';
import { redirectRules } from '../nodes/shared/transport/errors';

export class SePayBankHubApi implements ICredentialType {
	name = 'sePayBankHubApi';

	displayName = 'SePay Bank Hub API';

	icon: Icon = { light: 'file:../icons/sepay.svg', dark: 'file:../icons/sepay.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay/blob/main/docs/credentials.md#sepay-bank-hub-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another Bank Hub host, or a test server',
				},
				{
					name: 'Production',
					value: 'production',
					description: 'Real bank accounts, at https://bankhub-api.sepay.vn',
				},
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'Simulated banks, at https://bankhub-api-sandbox.sepay.vn',
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
			placeholder: 'e.g. https://bankhub-api.sepay.example',
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
		baseURL: options.baseURL ?? bankHub.baseUrl(credentials),
		headers: { ...options.headers, ...authorization(credentials) },
	});

	test: ICredentialTestRequest = {
		request: { url: '/v1/merchant-config', disableFollowRedirect: true },
		rules: redirectRules(bankHub.name),
	};
}
