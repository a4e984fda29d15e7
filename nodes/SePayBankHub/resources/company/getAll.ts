import {
	collectionParameter,
	returnAllAndLimit,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { readMany } from '../../operations';
import { status, toCompany } from './fields';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many companies',
		description: 'Retrieve the companies (your customers), all or by name or status',
		routing: {
			request: { method: 'GET', url: '/v1/company' },
			operations: { pagination: readMany(toCompany) },
		},
	},
	properties: [
		...returnAllAndLimit,
		simplify,
		collectionParameter('Filters', 'filters', 'Add Filter', [
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. Hoa Sen',
				description: 'Only companies whose full name contains this text',
				routing: { send: { type: 'query', property: 'q' } },
			},
			{
				...status(),
				description: 'Only companies with this status',
				routing: { send: { type: 'query', property: 'status' } },
			},
		]),
		collectionParameter('Options', 'options', 'Add option', [
			{
				displayName: 'Sort',
				name: 'sort',
				type: 'options',
				options: [
					{ name: 'Newest First', value: 'desc' },
					{ name: 'Oldest First', value: 'asc' },
				],
				default: 'desc',
				description: 'In which order the companies come, by the time they were created',
				routing: { send: { type: 'query', property: 'sort[created_at]' } },
			},
		]),
	],
};
