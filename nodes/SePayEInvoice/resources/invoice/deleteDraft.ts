import { readObject } from '../../../shared/eInvoice/api';
import { local } from '../../../shared/operations/fields';
import { always, asSentText, from, outputOf } from '../../../shared/operations/output';
import { blocked, findInvoice, withInvoice } from '../../jobs';
import { declare } from '../../operations';
import { referenceCode } from '../../parameters';

export const deleteDraft = declare(
	{
		value: 'deleteDraft',
		action: 'Delete a draft invoice',
		description: 'Delete a draft permanently. Issued invoices cannot be deleted.',
		main: [local(referenceCode)],
	},
	{ method: 'POST', url: '/v1/invoices/delete/{referenceCode}' },
	async function ({ method, url }) {
		const code = decodeURIComponent(url.split('/').pop()!);
		return await withInvoice(this, code, async () => {
			const invoice = await findInvoice.call(this, code);
			if (invoice && invoice.status !== 'draft') {
				const hint = 'Only drafts can be deleted.';
				throw blocked(this, `The invoice ${code} is ${String(invoice.status)}`, hint);
			}
			const { message } = await readObject.call(this, { method, url });
			return [{ referenceCode: code, message: message ?? '' }];
		});
	},
	outputOf({
		referenceCode: from('referenceCode', asSentText),
		deleted: always(true),
		message: from('message', asSentText),
	}),
);
