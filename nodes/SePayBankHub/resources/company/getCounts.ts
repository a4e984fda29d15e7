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
		description: 'Count the incoming and outgoing transfers of a company, per day and in total',
		main: companyId,
		filters: [vietnamDate('date', dayDescription('on'))],
	},
	'/v1/company/counter/{companyId}',
	identity,
);
