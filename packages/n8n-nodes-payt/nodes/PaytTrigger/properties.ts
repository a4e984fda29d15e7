import type { INodeProperties } from 'n8n-workflow';
import { simplify } from '../../../../nodes/shared/operations/descriptions';
import { deduplicate, rawBodyOption } from '../../../../nodes/shared/triggers/triggerFields';
import { ALL_EVENTS, eventOptions } from './events';

export const properties: INodeProperties[] = [
	{
		displayName:
			'Publish this workflow. Then, in Payt, open the settings of the administration → Modules → Webhooks and enter the Production URL above. Payt shows a secret once: enter it in the credential. Payt delivers only to HTTPS.',
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
			'The events that start the workflow. Payt sends only the events selected for the webhook at Payt.',
	},
	{
		...deduplicate,
		displayName: 'Start Once for Each Event',
		description:
			'Whether to ignore duplicate deliveries of an event, even if Payt repeats them with another delivery ID',
	},
	simplify,
	rawBodyOption,
];
