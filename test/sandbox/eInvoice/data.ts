import type { Account, Template } from './model';

const LABELS: Record<string, string> = {
	'1': 'Hóa đơn giá trị gia tăng',
	'2': 'Hóa đơn bán hàng',
};

const template = (template_code: string, invoice_series: string, open = true): Template => ({
	template_code,
	invoice_series,
	invoice_label: `${template_code} - ${invoice_series} - ${LABELS[template_code]}`,
	open,
});

/** The accounts of a seller: one in use, with a closed series, and one that is not active. */
export const createAccounts = (): Account[] => [
	{
		id: '0aea3134-da40-11f0-aef4-52c7e9b4f41b',
		provider: 'matbao',
		active: true,
		tax_authority_approved_date: '2026-01-20',
		templates: [template('1', 'C26TSE'), template('2', 'C26TSP'), template('1', 'C25TAT', false)],
	},
	{
		id: '1bfb4245-eb51-11f0-aef4-52c7e9b4f41b',
		provider: 'bkav',
		active: false,
		tax_authority_approved_date: null,
		templates: [template('2', 'C26TMB')],
	},
];
