import type { IDataObject } from 'n8n-workflow';
import { bankHub, isProduction } from '../../../shared/bankHub/api';
import { ALL_EVENTS, eventOptions, EVENTS, setWebhook } from '../../../shared/bankHub/webhook';
import {
	fieldType,
	flagAsNumber,
	required,
	showFor,
	text,
	type Parser,
} from '../../../shared/operations/fields';
import { parameterError } from '../../../shared/operations/parameterError';
import { webhookUrlProblem } from '../../../shared/triggers/webhookUrl';
import { fieldsOf } from '../../../shared/values';
import { declare } from '../../operations';
import { toWebhook } from './output';

const SECRET_KEY = 'SECRET_KEY';

const webhookUrl = text(
	'webhook_url',
	'URL that receives the webhook. It must be public, and use https on Production.',
	{ placeholder: 'e.g. https://n8n.example.com/webhook/bank-hub' },
);

/** The events to subscribe to; the payloads spell one of them in another way. */
const parseEvents: Parser = (context, displayName, value) => {
	const given = [value].flat().map((event) => String(event).trim());
	const events = given.filter(Boolean).map((event) => event.replace(/_INACTIVED$/, '_INACTIVATED'));
	if (events.length === 0) {
		const hint = 'To stop all events, turn off Active.';
		throw parameterError(context, displayName, 'at least one', hint);
	}
	const unknown = events.find((event) => event !== ALL_EVENTS && !EVENTS.includes(event));
	if (unknown === undefined) return events;
	const hint = `It contains "${unknown}". Available events: ${EVENTS.join(', ')}.`;
	throw parameterError(context, displayName, 'events that SePay knows', hint);
};

const events = fieldType('multiOptions', parseEvents)(
	'allow_events',
	'The events that SePay sends',
	{
		name: 'events',
		options: [{ name: 'All', value: ALL_EVENTS }, ...eventOptions],
		default: [ALL_EVENTS],
	},
);

/** Without a secret, SePay is told of no authentication at all. */
const authentication = fieldType('options', (_context, _displayName, value) =>
	value === SECRET_KEY ? value : undefined,
)('auth_type', 'How the receiver can verify that SePay sent a delivery', {
	displayName: 'Authentication',
	options: [
		{ name: 'None', value: 'none', description: 'Anyone who knows the URL can send deliveries' },
		{ name: 'Secret Key', value: SECRET_KEY, description: 'Sent in the header X-Secret-Key' },
	],
	default: SECRET_KEY,
});

const secretKey = fieldType('string', (context, displayName, value) => {
	const secret = String(value).trim();
	if (/^[\x20-\x7e]+$/.test(secret)) return secret;
	const hint = 'SePay sends it in a header, which accepts no other characters.';
	throw parameterError(context, displayName, 'ASCII letters, digits and symbols', hint);
})('secret_key', 'The secret that SePay sends with each delivery. Make it long and random.', {
	typeOptions: { password: true },
});

export const set = declare(
	{
		value: 'set',
		action: 'Set the webhook',
		description:
			'Choose the URL that receives lifecycle events of links and bank accounts. The merchant has only one webhook. This replaces it for all companies, whoever set it.',
		main: [
			...required(webhookUrl, events),
			authentication,
			...showFor({ authType: [SECRET_KEY] }, required(secretKey)),
		],
		options: [flagAsNumber('active', 'Whether SePay sends deliveries')],
	},
	{ method: 'POST', url: '/v1/webhook' },
	async function (request) {
		const webhook: IDataObject = { active: 1, ...fieldsOf(request.body) };
		const address = String(webhook.webhook_url);
		const needsHttps = isProduction(await this.getCredentials(bankHub.credentialType));
		const problem = webhookUrlProblem('SePay', address, Infinity, needsHttps);
		if (problem) {
			const { displayName } = webhookUrl.parameter;
			throw parameterError(this, displayName, problem, `It is "${address}".`);
		}
		return [await setWebhook.call(this, webhook)];
	},
	toWebhook,
);
