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
			'Tell how many transfers in and out all companies had, by day and company and in all; of today when no date is given. In the field "transaction" SePay counts transfers in only.',
		filters: range(
			vietnamDate('start_date', dayDescription('from')),
			vietnamDate('end_date', dayDescription('until')),
		),
	},
	'/v1/merchant-config/counter',
	identity,
);
