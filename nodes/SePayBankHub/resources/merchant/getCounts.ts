import { dayDescription } from '../../../shared/operations/descriptions';
import { range, vietnamDate } from '../../../shared/operations/fields';
import { identity } from '../../../shared/operations/operations';
import { declareGet } from '../../operations';

export const getCounts = declareGet(
	{
		name: 'Get Transaction Counts',
		value: 'getCounts',
		action: 'Get the transaction counts of the merchant',
		description:
			'Count the incoming and outgoing transfers of all companies, per day, per company and in total. Without a date, only today counts. The field "transaction" counts only incoming transfers.',
		filters: range(
			vietnamDate('start_date', dayDescription('on or after'), { displayName: 'From Date' }),
			vietnamDate('end_date', dayDescription('on or before'), { displayName: 'To Date' }),
		),
	},
	'/v1/merchant-config/counter',
	identity,
);
