import type { Operation } from '../../../shared/operations/descriptions';
import { readOne } from '../../operations';
import { toSettings } from './output';

export const get: Operation = {
	option: {
		name: 'Get Configuration',
		value: 'get',
		action: 'Get the configuration of the merchant',
		description:
			'Retrieve the settings that hold for all companies: keyword filter, CSS and logo of the hosted link',
		routing: {
			request: { method: 'GET', url: '/v1/merchant-config' },
			operations: { pagination: readOne(toSettings) },
		},
	},
	properties: [],
};
