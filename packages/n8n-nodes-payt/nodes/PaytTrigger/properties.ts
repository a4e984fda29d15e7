import type { INodeProperties } from 'n8n-workflow';
import { simplify } from '../../../../nodes/shared/operations/descriptions';
import { deduplicate, rawBodyOption } from '../../../../nodes/shared/triggers/triggerFields';
import { ALL_EVENTS, eventOptions } from './events';

export const properties: INodeProperties[] = [
	{
		displayName:
			'Publish this workflow. Then open in Payt the settings of the administration → Modules → Webhooks, enter the Production URL above, and put the secret that Payt shows once into the credential. Payt delivers to HTTPS only.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: eventOptions,
		default: [ALL_EVENTS],
		required: true,
		description:
			'Which events start the workflow. Payt sends those that are chosen for the webhook there; others never come.',
	},
	{
		...deduplicate,
		displayName: 'Start Once for Each Event',
		description:
			'Whether repeated deliveries of an event are received but passed on only once, whether Payt repeats them with the same delivery ID or another one',
	},
	simplify,
	rawBodyOption,
];
