import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { hidden } from '../nodes/shared/operations/descriptions';
import { redirectRules } from '../nodes/shared/transport/errors';

const PRODUCTION = 'https://userapi.sepay.vn/v2';
const TEST_MODE = 'https://userapi-sandbox.sepay.vn/v2';
// People paste the address with a slash or a query behind it.
const custom = '$self["baseUrl"].trim().replace(/[?#].*$/, "").replace(/\\/+$/, "")';
const apiUrl = `$self["environment"] === "custom" ? ${custom} : $self["environment"] === "test" ? "${TEST_MODE}" : "${PRODUCTION}"`;

export class SePayTokenApi implements ICredentialType {
	name = 'sePayTokenApi';

	displayName = 'SePay Token API';

	icon: Icon = { light: 'file:../icons/sepay.svg', dark: 'file:../icons/sepay.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay/blob/main/docs/credentials.md#sepay-token-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another SePay host, or a test server',
				},
				{
					name: 'Production',
					value: 'production',
					description: `Real bank accounts, at ${PRODUCTION}`,
				},
				{
					name: 'Test Mode',
					value: 'test',
					description: `Simulated transactions, at ${TEST_MODE}`,
				},
			],
			default: 'production',
			description: 'Where you created the token. SePay rejects it in any other environment.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://userapi.sepay.example/v2',
			description: 'URL of the API including its version, with http:// or https://',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The 64 letters and digits from Company Settings → API Access at SePay. Leading and trailing spaces are ignored.',
		},
		hidden('API URL', 'apiUrl', `={{ ${apiUrl} }}`),
	];

	// No expression: those that catch up ask when n8n evaluates none, after the trigger has started.
	authenticate: IAuthenticate = async ({ apiToken }, options) => ({
		...options,
		headers: { ...options.headers, Authorization: `Bearer ${String(apiToken).trim()}` },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiUrl }}',
			url: '/bank-accounts',
			qs: { per_page: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			...redirectRules('SePay'),
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'SePay rejected the API Token. A token has 64 letters and digits. Tokens created in Test Mode work only in the Test Mode environment; all others work only in Production.',
				},
			},
		],
	};
}
