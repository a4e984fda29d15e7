import { dayDescription } from '../../../shared/operations/descriptions';
import { vietnamDate } from '../../../shared/operations/fields';
import { identity } from '../../../shared/operations/operations';
import { declareGet } from '../../operations';
import { companyId } from './fields';

export const getCounts = declareGet(
	{
		name: 'Get Transaction Counts',
		value: 'getCounts',
		action: 'Get the transaction counts of a company',
		description: 'Tell how many transfers in and out a company had, by day and in all',
		main: companyId,
		filters: [vietnamDate('date', dayDescription('of'))],
	},
	'/v1/company/counter/{companyId}',
	identity,
);
