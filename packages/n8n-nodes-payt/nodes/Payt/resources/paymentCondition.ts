import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { required, text } from '../../../../../nodes/shared/operations/fields';
import { administration } from '../fields';
import { MAX_RECORDS, writeRecords } from '../operations';

export const paymentCondition = resourceProperties('paymentCondition', [
	writeRecords({
		value: 'create',
		action: 'Create a payment condition',
		description: 'Create a payment condition that invoices can refer to',
		path: '/v1/payment_conditions',
		noun: 'payment condition',
		keys: ['code'],
		most: MAX_RECORDS,
		pack: (payment_conditions) => ({ payment_conditions }),
		main: [
			administration,
			...required(
				text('code', 'The code that invoices refer to', { placeholder: 'e.g. 30D' }),
				text('name'),
			),
		],
	}),
]);
