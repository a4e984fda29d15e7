import { local } from '../../../shared/operations/fields';
import { declareGet } from '../../operations';
import { referenceCode } from '../../parameters';
import { toInvoice } from './output';

export const get = declareGet(
	{
		action: 'Get an invoice',
		description: 'Retrieve one invoice with its items, totals and links to its files',
		main: [local(referenceCode)],
	},
	'/v1/invoices/{referenceCode}',
	toInvoice,
);
