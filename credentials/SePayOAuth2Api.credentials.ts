import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

const PRODUCTION = 'https://my.sepay.vn';
// People paste the address of a page or of the API; all three addresses hang off the host.
const host = `$self["environment"] === "custom" ? $self["baseUrl"].trim().replace(/[?#].*$/, "").replace(/(\\/api\\/v1)?\\/*$/i, "") : "${PRODUCTION}"`;

export class SePayOAuth2Api implements ICredentialType {
	name = 'sePayOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'SePay OAuth2 API';

	icon: Icon = { light: 'file:../icons/sepay.svg', dark: 'file:../icons/sepay.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production', description: PRODUCTION },
				{ name: 'Custom', value: 'custom', description: 'Another SePay host, or a test server' },
			],
			default: 'production',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://my.sepay.example',
			description:
				'Absolute address of the host, with http:// or https://. Sign-in is then at /oauth/authorize and /oauth/token, the API at /api/v1 below it.',
		},
		{
			displayName: 'Scopes',
			// Not "scopes", which n8n's form fills with what the user may do to the credential.
			name: 'requestedScopes',
			type: 'multiOptions',
			options: [
				{
					name: 'bank-account:read',
					value: 'bank-account:read',
					description:
						'Accounts, their balance and sub-accounts. Bank Account operations; account lists.',
				},
				{
					name: 'company',
					value: 'company',
					description: 'Company and its payment codes. Company operations; the user must be Admin.',
				},
				{
					name: 'profile',
					value: 'profile',
					description: "The user's name and contacts. Profile: Get.",
				},
				{
					name: 'transaction:read',
					value: 'transaction:read',
					description: 'Transactions and their number. Transaction operations.',
				},
				{
					name: 'webhook:delete',
					value: 'webhook:delete',
					description: 'Webhook: Delete',
				},
				{
					name: 'webhook:read',
					value: 'webhook:read',
					description: 'Webhook: Get and Get Many; Create looks for the address first',
				},
				{
					name: 'webhook:write',
					value: 'webhook:write',
					description: 'Webhook: Create and Update',
				},
			],
			default: ['bank-account:read', 'transaction:read'],
			hint: 'SePay refuses to connect (invalid_scope) when a scope is ticked here that the application at SePay was not registered for',
			description: 'What n8n may do. Connect again after a change.',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '={{ $self["requestedScopes"].join(" ") }}',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ (${host}) + "/oauth/authorize" }}`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ (${host}) + "/oauth/token" }}`,
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'hidden',
			default: `={{ (${host}) + "/api/v1" }}`,
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];
}
