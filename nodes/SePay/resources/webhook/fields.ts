import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import {
	fieldType,
	flagAsNumber,
	option,
	parseText,
	readForm,
	required,
	showFor,
	textList,
	wholeBetween,
	type Field,
	type OperationForm,
} from '../../../shared/operations/fields';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseBoolean } from '../../../shared/operations/parameterParsers';
import {
	bankAccounts,
	eventType,
	numericIds,
	prefixFilters,
	skipIfNoCode,
	subAccounts,
} from '../../../shared/sePay/webhookFields';
import { retryConditions } from '../../../shared/sePay/webhooks';
import { webhookUrlProblem } from '../../../shared/triggers/webhookUrl';
import { pathId } from '../../fields';

export const webhook = pathId('webhookId', 'getWebhooks', 'The webhook to use');

/** A text that is sent with all its blanks. */
export const secret = fieldType('string', (_context, _displayName, value) => String(value), {
	typeOptions: { password: true },
});

const name = fieldType('string', (context, displayName, value) => {
	const found = parseText(context, displayName, value) as string;
	if (found.length <= 300) return found;
	throw parameterError(context, displayName, 'at most 300 characters long', 'Shorten it.');
});

const webhookUrl = fieldType('string', (context, displayName, value) => {
	const url = String(value).trim();
	const expected = webhookUrlProblem('SePay', url);
	if (!expected) return url;
	throw parameterError(context, displayName, expected, `It is "${url}".`);
});

/** What a webhook cannot do without. */
export const mainFields: Field[] = [
	...required(
		name('name', 'Name of the webhook at SePay, up to 300 characters', {
			placeholder: 'e.g. Confirm orders',
		}),
		webhookUrl(
			'webhook_url',
			'URL that receives the webhook. It must be public, use https and have up to 300 characters.',
			{ placeholder: 'e.g. https://n8n.example.com/webhook/sepay' },
		),
	),
	eventType,
	...bankAccounts.flatMap(needed),
	option('authen_type', [], 'How the receiver can verify that SePay sent a delivery', {
		displayName: 'Webhook Authentication',
		options: [
			{ name: 'API Key', value: 'Api_Key', description: 'Sent as "Authorization: Apikey …"' },
			{
				name: 'HMAC-SHA256',
				value: 'HMAC_SHA256',
				description: 'SePay signs each delivery; recommended',
			},
			{
				name: 'None',
				value: 'No_Authen',
				description: 'Anyone who knows the URL can send deliveries',
			},
			{
				name: 'OAuth 2.0',
				value: 'OAuth2.0',
				description: 'SePay first gets a token from the receiver',
			},
		],
		default: 'HMAC_SHA256',
	}),
	...required(
		...showFor({ authenType: ['Api_Key'] }, [secret('api_key')]),
		...showFor({ authenType: ['HMAC_SHA256'] }, [
			secret('secret_key', 'The secret that SePay signs deliveries with. Make it long and random.'),
		]),
		...showFor({ authenType: ['OAuth2.0'] }, [
			secret('oauth2_access_token_url', 'URL where SePay gets its token from the receiver', {
				displayName: 'Access Token URL',
				name: 'oauth2Url',
				typeOptions: undefined,
				placeholder: 'e.g. https://shop.example.com/oauth/token',
			}),
			secret('oauth2_client_id', '', { displayName: 'Client ID', typeOptions: undefined }),
			secret('oauth2_client_secret', '', { displayName: 'Client Secret' }),
		]),
	),
	option('request_content_type', [], 'The format of the deliveries', {
		displayName: 'Content Type',
		options: [
			{ name: 'Form', value: 'application_x-www-form-urlencoded' },
			{ name: 'JSON', value: 'Json' },
			{ name: 'Multipart Form', value: 'multipart_form-data' },
		],
		default: 'Json',
		displayOptions: { hide: { authenType: ['OAuth2.0'] } },
	}),
];

/** What may be left to SePay's defaults. */
export const optionalFields: Field[] = [
	flagAsNumber('active', 'Whether SePay sends deliveries'),
	...required(
		numericIds('alert_channel_ids', 'IDs of alert channels set up at SePay, separated by commas', {
			placeholder: 'e.g. 3, 7',
		}),
	),
	textList('alert_event_types', 'The events that trigger an alert from SePay', {
		displayName: 'Alert Events',
		type: 'multiOptions',
		options: [
			{ name: 'Failure', value: 'failure' },
			{ name: 'Recovery', value: 'recovery' },
		],
		default: ['failure', 'recovery'],
		placeholder: undefined,
	}),
	wholeBetween(1, 20, { default: 3 })(
		'alert_threshold',
		'Number of failed deliveries in a row before SePay sends an alert, 1 to 20',
	),
	prefixFilters,
	fieldType('boolean', (...given) => retryConditions(parseBoolean(...given)), { default: true })(
		'retry_conditions',
		"Whether SePay retries a delivery that got no 2xx response: up to 8 attempts in about 33 minutes. If you leave this out when creating a webhook, SePay's default applies.",
		{ displayName: 'Retry Failed Deliveries', name: 'retry' },
	),
	skipIfNoCode,
	...subAccounts.flatMap(needed),
	flagAsNumber('is_verify_payment', 'Whether the webhook is used to confirm payments', {
		displayName: 'Verify Payment',
	}),
];

/** Of fields that are shown for the value of another one, those that it cannot do without. */
function needed(field: Field): Field[] {
	return field.parameter.displayOptions ? required(field) : [field];
}

/**
 * The body of a new or changed webhook. It is read from the form since n8n's declarative engine does
 * not send entries of a collection that are shown by what another entry of it says.
 *
 * @throws NodeOperationError that names the parameter when one cannot be sent
 */
export function webhookBody(
	this: IExecutePaginationFunctions,
	form: Partial<OperationForm>,
): IDataObject {
	const body = readForm(this, form);
	// Older and newer documents name the same choice differently; both are sent.
	return 'va_mode' in body ? { ...body, only_va: Number(body.va_mode === 'list') } : body;
}
