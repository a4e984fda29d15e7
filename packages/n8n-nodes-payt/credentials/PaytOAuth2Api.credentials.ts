import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { hidden } from '../../../nodes/shared/operations/descriptions';
import { redirectRules } from '../../../nodes/shared/transport/errors';

/** What people paste may go on behind the host; the addresses are made from what comes before. */
const typedIn = (property: string) =>
	`$self["${property}"].trim().replace(/[?#].*$/, "").replace(/(\\/(v1|oauth)(\\/.*)?)?\\/*$/i, "")`;

/** An expression for the address in each environment. */
const byEnvironment = (production: string, demo: string, custom: string) =>
	`($self["environment"] === "custom" ? ${custom} : $self["environment"] === "demo" ? "${demo}" : "${production}")`;

const API = {
	production: 'https://api.paytsoftware.com',
	demo: 'https://demo-api.paytsoftware.com',
};
const api = byEnvironment(API.production, API.demo, typedIn('baseUrl'));
// Users agree on another host than the API's.
const app = byEnvironment(
	'https://app.paytsoftware.com',
	'https://demo.paytsoftware.com',
	`($self["appUrl"] ? ${typedIn('appUrl')} : ${typedIn('baseUrl')})`,
);

export class PaytOAuth2Api implements ICredentialType {
	name = 'paytOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Payt OAuth2 API';

	icon: Icon = { light: 'file:../icons/payt.svg', dark: 'file:../icons/payt.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay/tree/main/packages/n8n-nodes-payt#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'options',
			options: [
				{
					name: 'Authorization Code',
					value: 'authorizationCode',
					description:
						'Recommended by Payt because it is safer: a user grants access, and tokens last two hours',
				},
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description:
						'Only if nobody can grant access in a browser. One token that never expires, for the company that owns the application.',
				},
			],
			default: 'authorizationCode',
			description:
				'The grant type of your application at Payt. Payt does not allow it to be changed later; to switch, create another application.',
		},
		{
			displayName:
				'Enter the OAuth Redirect URL shown here as redirect_uri of the application at Payt. If the URL of n8n changes, change it there too. If the two differ, Payt refuses to connect (bad_request).',
			name: 'redirectNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { grantType: ['authorizationCode'] } },
		},
		{
			displayName:
				'The application at Payt needs an IP allow list with every IP address that this n8n calls from. A call from another IP address revokes the token at once: Payt returns 403, the node does not retry, and Payt emails the notification addresses of the application. Fix the list, then run the workflow again. n8n then fetches a new token.',
			name: 'allowListNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { grantType: ['clientCredentials'] } },
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom', description: 'Another host, or a test server' },
				{ name: 'Demo', value: 'demo', description: API.demo },
				{ name: 'Production', value: 'production', description: API.production },
			],
			default: 'production',
			description: 'Production and Demo have separate accounts, applications and data',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://api.payt.example',
			description:
				'URL of the API, with http:// or https://. Calls use /v1 under it, tokens /oauth/token.',
		},
		{
			displayName: 'Web App URL',
			name: 'appUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'], grantType: ['authorizationCode'] } },
			default: '',
			placeholder: 'e.g. https://app.payt.example',
			description:
				'Where users grant access, at /oauth/authorize under it. Leave empty to use the Base URL.',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: '',
			placeholder: 'e.g. invoices:read invoices:write debtors:read',
			description:
				'Permissions to request, separated by spaces. Leave empty to request all that the application has. Reconnect the credential after changing this.',
		},
		hidden('Authorization URL', 'authUrl', `={{ ${app} + "/oauth/authorize" }}`),
		hidden('Access Token URL', 'accessTokenUrl', `={{ ${api} + "/oauth/token" }}`),
		hidden('API URL', 'apiUrl', `={{ ${api} }}`),
		hidden('Auth URI Query Parameters', 'authQueryParameters', ''),
		hidden('Authentication', 'authentication', 'header'),
	];

	// n8n offers it for client credentials; with an authorization code, connecting is the test.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiUrl }}',
			url: '/v1/administrations',
			qs: { per_page: 1 },
			disableFollowRedirect: true,
		},
		rules: redirectRules('Payt'),
	};
}
