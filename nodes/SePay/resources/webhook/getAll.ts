import { flagAsNumber, text } from '../../../shared/operations/fields';
import { declareGetAll } from '../../operations';
import { secret } from './fields';
import { includeSecrets, toOutput } from './output';

export const getAll = declareGetAll(
	{
		action: 'Get many webhooks',
		description: 'Retrieve the webhooks of the company, with the URLs that receive transfers',
		filters: [
			flagAsNumber('active', 'Whether to return active webhooks or inactive ones'),
			secret('api_key', 'Return only webhooks that use exactly this API key'),
			text('webhook_url', 'Return only webhooks whose URL contains this text', {
				placeholder: 'e.g. n8n.example.com',
			}),
		],
		options: [includeSecrets],
	},
	'/webhooks',
	toOutput,
);
