import { declareGet } from '../../operations';
import { toSettings } from './output';

export const get = declareGet(
	{
		name: 'Get Configuration',
		value: 'get',
		action: 'Get the configuration of the merchant',
		description:
			'Retrieve the settings that apply to all companies: keyword filter, and CSS and logo of the hosted link',
	},
	'/v1/merchant-config',
	toSettings,
);
