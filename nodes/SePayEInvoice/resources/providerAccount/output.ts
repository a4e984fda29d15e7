import { simplifyWith } from '../../../shared/operations/operations';
import {
	asBoolean,
	asList,
	asSentText,
	asText,
	from,
	outputOf,
	type Column,
} from '../../../shared/operations/output';

/** As the Template parameter of an invoice takes it. */
const template: Column = {
	read: ({ template_code, invoice_series }) => `${String(template_code)}/${String(invoice_series)}`,
	schema: { type: 'string' },
};

/** The provider account as the Simplify parameter wants it. */
export const toProviderAccount = simplifyWith(
	outputOf({
		id: from('id', asSentText),
		provider: from('provider', asSentText),
		active: from('active', asBoolean),
		taxAuthorityApprovedDate: from('tax_authority_approved_date', asText),
		templates: from(
			'templates',
			asList(
				outputOf({
					template,
					templateCode: from('template_code', asSentText),
					invoiceSeries: from('invoice_series', asSentText),
					label: from('invoice_label', asText),
				}),
			),
		),
	}),
);
