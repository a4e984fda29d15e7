import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { required, text } from '../../../../../nodes/shared/operations/fields';
import { writeRecords } from '../operations';

export const paymentCondition = resourceProperties('paymentCondition', [
	writeRecords(
		{ one: 'a payment condition', path: '/v1/payment_conditions' },
		{
			value: 'create',
			description: 'Create a payment condition that invoices can refer to',
			keys: ['code'],
			main: required(
				text('code', 'The code that invoices refer to', { placeholder: 'e.g. 30D' }),
				text('name'),
			),
		},
	),
]);
