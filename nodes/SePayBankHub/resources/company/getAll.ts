import { option, search } from '../../../shared/operations/fields';
import { declareGetAll } from '../../operations';
import { status } from './fields';
import { toListedCompany } from './output';

export const getAll = declareGetAll(
	{
		action: 'Get many companies',
		description: 'Retrieve the companies (your customers), all or by name or status',
		filters: [
			search('Return only companies whose full name contains this text', 'e.g. Hoa Sen'),
			status(undefined, 'Return only companies with this status'),
		],
		options: [
			option(
				'sort[created_at]',
				[],
				'Sort order by creation time; with a limit, decides which companies are returned',
				{
					name: 'sort',
					options: [
						{ name: 'Newest First', value: 'desc' },
						{ name: 'Oldest First', value: 'asc' },
					],
					default: 'desc',
				},
			),
		],
	},
	'/v1/company',
	toListedCompany,
);
