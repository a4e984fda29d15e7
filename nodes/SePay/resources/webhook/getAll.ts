import {
	collectionParameter,
	returnAllAndLimit,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { readMany } from '../../operations';
import { includeSecrets, optionCollection, toOutput } from './output';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many webhooks',
		description: 'Retrieve the webhooks of the company: where SePay delivers bank transfers to',
		routing: {
			request: { method: 'GET', url: '/webhooks' },
			operations: { pagination: readMany(toOutput) },
		},
	},
	properties: [
		...returnAllAndLimit,
		simplify,
		collectionParameter('Filters', 'filters', 'Add Filter', [
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether to return webhooks that deliver or those that are switched off',
				routing: { send: { type: 'query', property: 'active', value: '={{ $value ? 1 : 0 }}' } },
			},
			{
				displayName: 'API Key',
				name: 'apiKey',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description: 'Only webhooks that deliver with exactly this API key',
				routing: { send: { type: 'query', property: 'api_key' } },
			},
			{
				displayName: 'Webhook URL',
				name: 'webhookUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. n8n.example.com',
				description: 'Only webhooks whose address contains this text',
				routing: { send: { type: 'query', property: 'webhook_url' } },
			},
		]),
		optionCollection([includeSecrets]),
	],
};
