import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { bankHub, isProduction } from '../../../shared/bankHub';
import { eventOptions, EVENTS, EVERY_EVENT, setWebhook } from '../../../shared/bankHubWebhook';
import { flagFrom } from '../../../shared/checks';
import { collectionOf, simplify, type Operation } from '../../../shared/descriptions';
import { invalid } from '../../../shared/exchange';
import { addressObjection } from '../../../shared/sePayWebhooks';
import { operation } from '../../exchanges';
import { textFrom } from '../../parameters';
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
						webhook_url: await addressFrom.call(this),
						...(isSecret && { auth_type: 'SECRET_KEY', secret_key: secretFrom(this) }),
						active: Number(flagFrom(this, 'Active', this.getNodeParameter('options.active', true))),
						allow_events: eventsFrom(this),
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
			options: [{ name: 'All', value: EVERY_EVENT }, ...eventOptions],
			required: true,
			default: [EVERY_EVENT],
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
		collectionOf('Options', 'options', 'Add option', [
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

async function addressFrom(this: IExecutePaginationFunctions): Promise<string> {
	const address = String(this.getNodeParameter('webhookUrl', '')).trim();
	const needsHttps = isProduction(await this.getCredentials(bankHub.credentialType));
	const wanted = addressObjection(address, Infinity, needsHttps);
	if (wanted) throw invalid(this, 'Webhook URL', wanted, `It is "${address}".`);
	return address;
}

function secretFrom(context: IExecutePaginationFunctions): string {
	const secret = textFrom(context, 'Secret Key', context.getNodeParameter('secretKey', ''));
	if (/^[\x20-\x7e]+$/.test(secret)) return secret;
	const wayOut = 'It is sent in a header, which takes no others.';
	throw invalid(context, 'Secret Key', 'of the letters, digits and signs of ASCII', wayOut);
}

/** The events to subscribe to; the payloads spell one of them in another way. */
function eventsFrom(context: IExecutePaginationFunctions): string[] {
	const given = [context.getNodeParameter('events', [])]
		.flat()
		.map((event) => String(event).trim());
	const events = given.filter(Boolean).map((event) => event.replace(/_INACTIVED$/, '_INACTIVATED'));
	if (events.length === 0) {
		throw invalid(context, 'Events', 'at least one', 'To have nothing told, switch off Active.');
	}
	const unknown = events.find((event) => event !== EVERY_EVENT && !EVENTS.includes(event));
	if (unknown === undefined) return events;
	const wayOut = `It holds "${unknown}". There are: ${EVENTS.join(', ')}.`;
	throw invalid(context, 'Events', 'events that SePay knows', wayOut);
}
