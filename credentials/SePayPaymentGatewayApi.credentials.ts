import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { paymentGateway } from '../nodes/shared/paymentGateway/api';
import { authorization, verifySignIn } from '../nodes/shared/paymentGateway/authentication';
import { redirectRules } from '../nodes/shared/transport/errors';

export class SePayPaymentGatewayApi implements ICredentialType {
	name = 'sePayPaymentGatewayApi';

	displayName = 'SePay Payment Gateway API';

	icon: Icon = { light: 'file:../icons/sepay.svg', dark: 'file:../icons/sepay.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sepay/n8n-nodes-sepay/blob/main/docs/credentials.md#sepay-payment-gateway-api';

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
					description: 'Real payments, at https://pgapi.sepay.vn',
				},
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'Simulated payments, at https://pgapi-sandbox.sepay.vn',
				},
			],
			default: 'production',
			description:
				'The environment of the Merchant ID and Secret Key. Each environment has its own.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://pgapi.sepay.example',
			description: 'URL of the API, with http:// or https://. Its paths start with /v1.',
		},
		{
			displayName: 'Checkout Base URL',
			name: 'checkoutBaseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			default: '',
			placeholder: 'e.g. https://pay.sepay.example',
			description: 'URL of the payment page. Leave empty to use the Base URL.',
		},
		{
			displayName: 'Merchant ID',
			name: 'merchantId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. SP-TEST-A1B2C3D4',
			description:
				'Find it at my.sepay.vn under Payment Gateway. Leading and trailing spaces are ignored.',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Shown next to the Merchant ID. It signs checkout forms. Leading and trailing spaces are ignored.',
		},
		{
			displayName: 'IPN Secret Key',
			name: 'ipnSecretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The value that SePay sends in X-Secret-Key, as set under Payment Gateway → Configuration → IPN. Leave empty to use the Secret Key. Only the trigger needs it.',
		},
		{
			displayName: 'Accepted',
			name: 'accepted',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return { accepted: await verifySignIn.call(this, credentials) };
	}

	authenticate: IAuthenticate = async (credentials, options) => ({
		...options,
		// The test below has no URL.
		baseURL: options.baseURL ?? paymentGateway.baseUrl(credentials),
		headers: { ...options.headers, ...authorization(credentials) },
	});

	test: ICredentialTestRequest = {
		request: { url: '/v1/order', qs: { per_page: 1 }, disableFollowRedirect: true },
		rules: redirectRules(paymentGateway.name),
	};
}
