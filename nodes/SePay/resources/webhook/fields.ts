import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { locator, parseIds } from '../../../shared/operations/locators';
import { parameterError } from '../../../shared/operations/parameterError';
import { prefixFilters, skipIfNoCode, subAccounts } from '../../../shared/sePay/webhookFields';
import { retryConditions } from '../../../shared/sePay/webhooks';
import { webhookUrlProblem } from '../../../shared/triggers/webhookUrl';
import { toBoolean, toExactNumber } from '../../../shared/values';
import { parseSePayId } from '../../parameters';

export const webhookId: INodeProperties = {
	...locator('Webhook', 'webhookId', 'getWebhooks', 'The webhook to work on'),
	required: true,
};

export const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Confirm orders',
	description: 'Name of the webhook in SePay, at most 300 characters',
};

export const webhookUrl: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/sepay',
	description: 'Where SePay delivers to: a public address with https, at most 300 characters',
};

/** How the receiver tells that a delivery is from SePay. */
export const authentication: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authenType',
		type: 'options',
		options: [
			{ name: 'API Key', value: 'Api_Key', description: 'Sent as "Authorization: Apikey …"' },
			{
				name: 'HMAC-SHA256',
				value: 'HMAC_SHA256',
				description: 'Each delivery is signed; recommended',
			},
			{ name: 'None', value: 'No_Authen', description: 'Anyone who knows the address can deliver' },
			{
				name: 'OAuth 2.0',
				value: 'OAuth2.0',
				description: 'SePay fetches a token from the receiver first',
			},
		],
		default: 'HMAC_SHA256',
		description: 'How the receiver can tell that a delivery comes from SePay',
	},
	{
		displayName: 'API Key',
		name: 'apiKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { show: { authenType: ['Api_Key'] } },
	},
	{
		displayName: 'Secret Key',
		name: 'secretKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'The secret that deliveries are signed with; make it long and random',
		displayOptions: { show: { authenType: ['HMAC_SHA256'] } },
	},
	{
		displayName: 'Access Token URL',
		name: 'oauth2Url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://shop.example.com/oauth/token',
		description: 'Where SePay fetches its token from the receiver',
		displayOptions: { show: { authenType: ['OAuth2.0'] } },
	},
	{
		displayName: 'Client ID',
		name: 'oauth2ClientId',
		type: 'string',
		default: '',
		displayOptions: { show: { authenType: ['OAuth2.0'] } },
	},
	{
		displayName: 'Client Secret',
		name: 'oauth2ClientSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { show: { authenType: ['OAuth2.0'] } },
	},
	{
		displayName: 'Content Type',
		name: 'requestContentType',
		type: 'options',
		options: [
			{ name: 'Form', value: 'application_x-www-form-urlencoded' },
			{ name: 'JSON', value: 'Json' },
			{ name: 'Multipart Form', value: 'multipart_form-data' },
		],
		default: 'Json',
		description: 'The form in which SePay sends its deliveries',
		displayOptions: { hide: { authenType: ['OAuth2.0'] } },
	},
];

/** What may be left to SePay's defaults. */
export const optionalFields: INodeProperties[] = [
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether SePay delivers at all',
	},
	{
		displayName: 'Alert Channel IDs',
		name: 'alertChannelIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3, 7',
		description: 'IDs of alert channels set up in SePay, separated by commas',
	},
	{
		displayName: 'Alert Events',
		name: 'alertEventTypes',
		type: 'multiOptions',
		options: [
			{ name: 'Failure', value: 'failure' },
			{ name: 'Recovery', value: 'recovery' },
		],
		default: ['failure', 'recovery'],
		description: 'What SePay sends alerts about',
	},
	{
		displayName: 'Alert Threshold',
		name: 'alertThreshold',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 20 },
		default: 3,
		description: 'After how many failed deliveries in a row SePay sends an alert, 1 to 20',
	},
	prefixFilters,
	{
		displayName: 'Retry Failed Deliveries',
		name: 'retry',
		type: 'boolean',
		default: true,
		description:
			'Whether SePay repeats a delivery that got no 2xx answer: up to 8 attempts in about 33 minutes. A webhook created without it follows the default of SePay.',
	},
	skipIfNoCode,
	...subAccounts,
	{
		displayName: 'Verify Payment',
		name: 'isVerifyPayment',
		type: 'boolean',
		default: true,
		description: 'Whether the webhook is used to confirm payments',
	},
];

/** The parameters and the fields of SePay's request that they fill. */
export const FIELDS: Array<[parameter: string, field: string]> = [
	['name', 'name'],
	['webhookUrl', 'webhook_url'],
	['eventType', 'event_type'],
	['bankMode', 'bank_mode'],
	['bankAccountId', 'bank_account_id'],
	['bankAccountIds', 'bank_account_ids'],
	['authenType', 'authen_type'],
	['apiKey', 'api_key'],
	['secretKey', 'secret_key'],
	['oauth2Url', 'oauth2_access_token_url'],
	['oauth2ClientId', 'oauth2_client_id'],
	['oauth2ClientSecret', 'oauth2_client_secret'],
	['requestContentType', 'request_content_type'],
	['isVerifyPayment', 'is_verify_payment'],
	['skipIfNoCode', 'skip_if_no_code'],
	['prefixFilters', 'prefix_filters'],
	['active', 'active'],
	['vaMode', 'va_mode'],
	['subAccountIds', 'bank_sub_account_ids'],
	['retry', 'retry_conditions'],
	['alertThreshold', 'alert_threshold'],
	['alertEventTypes', 'alert_event_types'],
	['alertChannelIds', 'alert_channel_ids'],
];
const FLAGS: Array<[field: string, displayName: string]> = [
	['is_verify_payment', 'Verify Payment'],
	['skip_if_no_code', 'Skip If No Code'],
	['active', 'Active'],
	['retry_conditions', 'Retry Failed Deliveries'],
];

/** Fields that may not be empty when they are sent. */
const REQUIRED: Array<[field: string, displayName: string]> = [
	['name', 'Name'],
	['api_key', 'API Key'],
	['secret_key', 'Secret Key'],
	['oauth2_access_token_url', 'Access Token URL'],
	['oauth2_client_id', 'Client ID'],
	['oauth2_client_secret', 'Client Secret'],
];
/** What each kind of authentication cannot do without. */
const NEEDED_BY: Record<string, string[]> = {
	Api_Key: ['api_key'],
	HMAC_SHA256: ['secret_key'],
	'OAuth2.0': ['oauth2_access_token_url', 'oauth2_client_id', 'oauth2_client_secret'],
};
const ID_LISTS: Array<[field: string, displayName: string]> = [
	['bank_account_ids', 'Bank Accounts Chosen'],
	['bank_sub_account_ids', 'Sub-Accounts Chosen'],
	['alert_channel_ids', 'Alert Channel IDs'],
];

/**
 * The body of a new or changed webhook from the parameters that are shown, checked and in SePay's
 * form. It is put together here since n8n's declarative engine does not send entries of a collection
 * that are shown by what another entry of it says.
 *
 * @param collection the name of the collection that holds the optional fields
 * @throws NodeOperationError that names the parameter when one cannot be sent
 */
export function webhookBody(this: IExecutePaginationFunctions, collection: string): IDataObject {
	const optional = this.getNodeParameter(collection, {}) as IDataObject;
	const body: IDataObject = {};
	for (const [parameter, field] of FIELDS) {
		const value = optional[parameter] ?? this.getNodeParameter(parameter, null);
		if (value !== null) body[field] = value;
	}
	for (const [field, displayName] of FLAGS) {
		if (field in body) body[field] = yesNoOptions(this, displayName, body[field]);
	}
	if (body.bank_mode === 'single') body.bank_account_id ??= '';
	if (body.bank_mode === 'multi') body.bank_account_ids ??= '';
	if (body.va_mode === 'list') body.bank_sub_account_ids ??= '';
	for (const field of NEEDED_BY[String(body.authen_type)] ?? []) body[field] ??= '';

	for (const [field, displayName] of REQUIRED) {
		if (field in body && String(body[field] ?? '').trim() === '') {
			throw parameterError(this, displayName, 'filled in', 'It is empty.');
		}
	}
	if (String(body.name ?? '').length > 300) {
		throw parameterError(this, 'Name', 'at most 300 characters long', 'Shorten it.');
	}
	if ('webhook_url' in body) {
		const address = String(body.webhook_url).trim();
		const wanted = webhookUrlProblem(address);
		if (wanted) throw parameterError(this, 'Webhook URL', wanted, `It is "${address}".`);
		body.webhook_url = address;
	}
	if ('bank_account_id' in body) {
		body.bank_account_id = Number(
			parseSePayId(this, 'Bank Account', parseIds(body.bank_account_id).join(', ')),
		);
	}
	for (const [field, displayName] of ID_LISTS) {
		if (!(field in body)) continue;
		const ids = parseIds(body[field]).map((id) => Number(parseSePayId(this, displayName, id)));
		if (ids.length === 0) {
			throw parameterError(this, displayName, 'at least one ID', 'Choose one from the list.');
		}
		body[field] = ids;
	}
	if ('alert_threshold' in body) {
		body.alert_threshold = threshold(this, toExactNumber(body.alert_threshold));
	}
	if ('prefix_filters' in body) {
		const prefixes = [body.prefix_filters].flat().map((prefix) => String(prefix ?? '').trim());
		body.prefix_filters = prefixes.filter(Boolean);
	}
	// Older and newer documents name the same choice differently; both are sent.
	if ('va_mode' in body) body.only_va = body.va_mode === 'list' ? 1 : 0;
	if ('retry_conditions' in body) {
		body.retry_conditions = retryConditions(Boolean(body.retry_conditions));
	}
	return body;
}

function threshold(context: IExecutePaginationFunctions, value: unknown): number {
	if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 20) {
		return value;
	}
	throw parameterError(
		context,
		'Alert Threshold',
		'a whole number from 1 to 20',
		`It is ${value}.`,
	);
}

/** Yes or no as SePay documents it for requests: 1 or 0. */
function yesNoOptions(context: IExecutePaginationFunctions, displayName: string, value: unknown) {
	const yes = toBoolean(value);
	if (typeof yes === 'boolean') return Number(yes);
	throw parameterError(context, displayName, 'true or false', `It is "${value}".`);
}
