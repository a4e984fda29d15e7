import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { hidden } from '../nodes/shared/operations/descriptions';

/**
 * Asked for when none is chosen, which SePay refuses: n8n's form of a new credential shows and saves
 * none, whatever the default of a list of choices is.
 */
const DEFAULT_SCOPES = ['bank-account:read', 'transaction:read'];
const PRODUCTION = 'https://my.sepay.vn';
// People paste the address of a page or of the API; all three addresses hang off the host.
const host = `$self["environment"] === "custom" ? $self["baseUrl"].trim().replace(/[?#].*$/, "").replace(/(\\/api\\/v1)?\\/*$/i, "") : "${PRODUCTION}"`;

export class SePayOAuth2Api implements ICredentialType {
	name = 'sePayOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'SePay OAuth2 API';

	icon: Icon = { light: 'file:../icons/sepay.svg', dark: 'file:../icons/sepay.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay/blob/main/docs/credentials.md#sepay-oauth2-api';

	properties: INodeProperties[] = [
		hidden('Grant Type', 'grantType', 'authorizationCode'),
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
				'URL of the host, with http:// or https://. Sign-in uses /oauth/authorize and /oauth/token under it; the API is at /api/v1.',
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
						'Read accounts, balances and sub-accounts. Needed for Bank Account operations and account lists.',
				},
				{
					name: 'company',
					value: 'company',
					description:
						'Read and update the company and its payment codes. Needed for Company operations; the user must be an Admin.',
				},
				{
					name: 'profile',
					value: 'profile',
					description: "Read the user's name and contact details. Needed for Profile: Get.",
				},
				{
					name: 'transaction:read',
					value: 'transaction:read',
					description: 'Read and count transactions. Needed for Transaction operations.',
				},
				{
					name: 'webhook:delete',
					value: 'webhook:delete',
					description: 'Needed for Webhook: Delete',
				},
				{
					name: 'webhook:read',
					value: 'webhook:read',
					description:
						'Needed for Webhook: Get and Get Many. Webhook: Create also needs it, to check for an existing URL.',
				},
				{
					name: 'webhook:write',
					value: 'webhook:write',
					description: 'Needed for Webhook: Create and Update',
				},
			],
			default: DEFAULT_SCOPES,
			hint: 'SePay rejects the connection (invalid_scope) if you select a scope that your SePay application is not registered for',
			description:
				'What n8n is allowed to do; with none selected, bank-account:read and transaction:read. Reconnect the credential after changing this.',
		},
		hidden(
			'Scope',
			'scope',
			`={{ $self["requestedScopes"].join(" ") || "${DEFAULT_SCOPES.join(' ')}" }}`,
		),
		hidden('Authorization URL', 'authUrl', `={{ (${host}) + "/oauth/authorize" }}`),
		hidden('Access Token URL', 'accessTokenUrl', `={{ (${host}) + "/oauth/token" }}`),
		hidden('API URL', 'apiUrl', `={{ (${host}) + "/api/v1" }}`),
		hidden('Auth URI Query Parameters', 'authQueryParameters', ''),
		hidden('Authentication', 'authentication', 'body'),
	];
}
