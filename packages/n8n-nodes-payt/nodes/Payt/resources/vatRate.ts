import { resourceProperties } from '../../../../../nodes/shared/descriptions';
import { choice, decimal, required, text } from '../../../../../nodes/shared/fields';
import { administration } from '../fields';
import { getAll, upsert, type Kind } from '../operations';

const kind: Kind = { one: 'a VAT rate', many: 'VAT rates', path: '/v1/vat_rates' };

export const vatRate = resourceProperties('vatRate', [
	getAll(kind, 'Retrieve the VAT rates that invoice lines can name'),
	upsert(
		kind,
		'Write a VAT rate: a new one, which needs name and rate, or the one that has the code already.',
		{
			keys: ['code'],
			main: [administration, ...required(text('code', 'By which invoice lines name it'))],
			additionalFields: [
				choice(
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
