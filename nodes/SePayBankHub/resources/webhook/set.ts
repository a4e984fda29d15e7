import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { bankHub, isProduction } from '../../../shared/bankHub/api';
import { ALL_EVENTS, eventOptions, EVENTS, setWebhook } from '../../../shared/bankHub/webhook';
import {
	collectionParameter,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseBoolean } from '../../../shared/operations/parameterParsers';
import { webhookUrlProblem } from '../../../shared/triggers/webhookUrl';
import { operation } from '../../operations';
import { parseText } from '../../parameters';
import { toWebhook } from './output';

export const set: Operation = {
	option: {
		name: 'Set',
		value: 'set',
		action: 'Set the webhook',
		description:
			'Choose where SePay tells what becomes of links and bank accounts. The merchant has one webhook: this replaces it for all companies, whoever set it.',
		routing: {
			request: { method: 'POST', url: '/v1/webhook' },
			operations: {
				pagination: operation(async function () {
					const isSecret = this.getNodeParameter('authType', 'SECRET_KEY') === 'SECRET_KEY';
					const webhook = {
						webhook_url: await parseWebhookUrl.call(this),
						...(isSecret && { auth_type: 'SECRET_KEY', secret_key: parseSecret(this) }),
						active: Number(
							parseBoolean(this, 'Active', this.getNodeParameter('options.active', true)),
						),
						allow_events: parseEvents(this),
					};
					return [toWebhook.call(this, await setWebhook.call(this, webhook))];
				}),
			},
		},
	},
	properties: [
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/bank-hub',
			description: 'Where SePay delivers to: a public address, on Production with https',
		},
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			options: [{ name: 'All', value: ALL_EVENTS }, ...eventOptions],
			required: true,
			default: [ALL_EVENTS],
			description: 'What SePay tells',
		},
		{
			displayName: 'Authentication',
			name: 'authType',
			type: 'options',
			options: [
				{ name: 'None', value: 'none', description: 'Anyone who knows the address can deliver' },
				{ name: 'Secret Key', value: 'SECRET_KEY', description: 'Sent in the header X-Secret-Key' },
			],
			default: 'SECRET_KEY',
			description: 'How the receiver can tell that a delivery comes from SePay',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'What SePay sends with each delivery; make it long and random',
			displayOptions: { show: { authType: ['SECRET_KEY'] } },
		},
		simplify,
		collectionParameter('Options', 'options', 'Add option', [
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether SePay delivers at all',
			},
		]),
	],
};

async function parseWebhookUrl(this: IExecutePaginationFunctions): Promise<string> {
	const address = String(this.getNodeParameter('webhookUrl', '')).trim();
	const needsHttps = isProduction(await this.getCredentials(bankHub.credentialType));
	const wanted = webhookUrlProblem(address, Infinity, needsHttps);
	if (wanted) throw parameterError(this, 'Webhook URL', wanted, `It is "${address}".`);
	return address;
}

function parseSecret(context: IExecutePaginationFunctions): string {
	const secret = parseText(context, 'Secret Key', context.getNodeParameter('secretKey', ''));
	if (/^[\x20-\x7e]+$/.test(secret)) return secret;
	const hint = 'It is sent in a header, which takes no others.';
	throw parameterError(context, 'Secret Key', 'of the letters, digits and signs of ASCII', hint);
}

/** The events to subscribe to; the payloads spell one of them in another way. */
function parseEvents(context: IExecutePaginationFunctions): string[] {
	const given = [context.getNodeParameter('events', [])]
		.flat()
		.map((event) => String(event).trim());
	const events = given.filter(Boolean).map((event) => event.replace(/_INACTIVED$/, '_INACTIVATED'));
	if (events.length === 0) {
		throw parameterError(
			context,
			'Events',
			'at least one',
			'To have nothing told, switch off Active.',
		);
	}
	const unknown = events.find((event) => event !== ALL_EVENTS && !EVENTS.includes(event));
	if (unknown === undefined) return events;
	const hint = `It holds "${unknown}". There are: ${EVENTS.join(', ')}.`;
	throw parameterError(context, 'Events', 'events that SePay knows', hint);
}
