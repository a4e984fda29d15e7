import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { decimal, option, required, text } from '../../../../../nodes/shared/operations/fields';
import { getAll, upsert, type ResourceInfo } from '../operations';

const resource: ResourceInfo = { one: 'a VAT rate', path: '/v1/vat_rates', isWholeList: true };

export const vatRate = resourceProperties('vatRate', [
	getAll(resource, 'Retrieve the VAT rates that invoice lines can refer to'),
	upsert(
		resource,
		'Create a VAT rate, or update the one with the same code. A new one needs a name and a rate.',
		{
			keys: ['code'],
			main: required(text('code', 'The code that invoice lines refer to')),
			additionalFields: [
				option(
					'category',
					['exempt', 'export', 'export_within_eea', 'none', 'regular', 'reversed', 'zero'],
					undefined,
					{ default: 'regular' },
				),
				text('name'),
				decimal('rate', 'Percentage'),
			],
		},
	),
]);
