import { declareGet } from '../../operations';
import { referenceCode, unsent } from '../../parameters';
import { toInvoice } from './output';

export const get = declareGet(
	{
		action: 'Get an invoice',
		description: 'Retrieve one invoice with its items, totals and links to its files',
		main: [unsent(referenceCode)],
	},
	'/v1/invoices/{referenceCode}',
	toInvoice,
);
