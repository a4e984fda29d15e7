import { declareGet } from '../../operations';
import { webhook } from './fields';
import { includeSecrets, toOutput } from './output';

export const get = declareGet(
	{
		action: 'Get a webhook',
		description: 'Retrieve one webhook with its URL, events and accounts',
		main: [webhook],
		options: [includeSecrets],
	},
	'/webhooks/{webhookId}',
	toOutput,
);
