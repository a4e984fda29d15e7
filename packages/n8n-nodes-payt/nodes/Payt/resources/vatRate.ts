import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { decimal, option, required, text } from '../../../../../nodes/shared/operations/fields';
import { administration } from '../fields';
import { getAll, upsert, type ResourceInfo } from '../operations';

const resource: ResourceInfo = { one: 'a VAT rate', many: 'VAT rates', path: '/v1/vat_rates' };

export const vatRate = resourceProperties('vatRate', [
	getAll(resource, 'Retrieve the VAT rates that invoice lines can name'),
	upsert(
		resource,
		'Write a VAT rate: a new one, which needs name and rate, or the one that has the code already.',
		{
			keys: ['code'],
			main: [administration, ...required(text('code', 'By which invoice lines name it'))],
			additionalFields: [
				option(
					'category',
					['exempt', 'export', 'export_within_eea', 'none', 'regular', 'reversed', 'zero'],
					undefined,
					{ default: 'regular' },
				),
				text('name'),
				decimal('rate', 'In percent'),
			],
		},
	),
]);
