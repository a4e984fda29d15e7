import { simplify } from '../../../shared/operations/descriptions';
import { flagAsNumber, text } from '../../../shared/operations/fields';
import { declareGetAll } from '../../operations';
import { secret } from './fields';
import { includeSecrets, toOutput } from './output';

export const getAll = declareGetAll(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many webhooks',
		description: 'Retrieve the webhooks of the company: where SePay delivers bank transfers to',
		output: [simplify],
		filters: [
			flagAsNumber(
				'active',
				'Whether to return webhooks that deliver or those that are switched off',
			),
			secret('api_key', 'Only webhooks that deliver with exactly this API key'),
			text('webhook_url', 'Only webhooks whose address contains this text', {
				placeholder: 'e.g. n8n.example.com',
			}),
		],
		options: [includeSecrets],
	},
	'/webhooks',
	toOutput,
);
