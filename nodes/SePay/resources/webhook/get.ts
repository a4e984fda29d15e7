import { simplify, type Operation } from '../../../shared/operations/descriptions';
import { readOne } from '../../operations';
import { webhookId } from './fields';
import { includeSecrets, optionCollection, toOutput } from './output';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a webhook',
		description: 'Retrieve one webhook with its address, events and accounts',
		routing: {
			request: { method: 'GET', url: '/webhooks/{webhookId}' },
			operations: { pagination: readOne(toOutput) },
		},
	},
	properties: [webhookId, simplify, optionCollection([includeSecrets])],
};
