import { simplifyWith } from '../../../shared/operations/operations';
import { isObject, textOrNull, toBoolean } from '../../../shared/values';

/** The provider account as the Simplify parameter wants it; its templates only where SePay gives them. */
export const toProviderAccount = simplifyWith((row) => ({
	id: row.id,
	provider: row.provider,
	active: toBoolean(row.active),
	taxAuthorityApprovedDate: textOrNull(row.tax_authority_approved_date),
	...(Array.isArray(row.templates) && {
		templates: row.templates
			.filter(isObject)
			.map(({ template_code, invoice_series, invoice_label }) => ({
				template: `${String(template_code)}/${String(invoice_series)}`,
				templateCode: template_code,
				invoiceSeries: invoice_series,
				label: textOrNull(invoice_label),
			})),
	}),
}));
