import type { IDataObject } from 'n8n-workflow';
import { simplifyWith } from '../../../shared/operations/operations';
import { textOrNull, toBoolean } from '../../../shared/values';

/** The provider account as the Simplify parameter wants it; its templates only where SePay gives them. */
export const toProviderAccount = simplifyWith((row) => {
	const templates = row.templates as IDataObject[] | undefined;
	return {
		id: row.id,
		provider: row.provider,
		active: toBoolean(row.active),
		taxAuthorityApprovedDate: textOrNull(row.tax_authority_approved_date),
		...(templates && {
			templates: templates.map(({ template_code, invoice_series, invoice_label }) => ({
				template: `${String(template_code)}/${String(invoice_series)}`,
				templateCode: template_code,
				invoiceSeries: invoice_series,
				label: textOrNull(invoice_label),
			})),
		}),
	} as IDataObject;
});
