import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { blocked, carryOut, deadline, findInvoice, withInvoice, type JobResult } from '../../jobs';
import { declare } from '../../operations';
import { referenceCode } from '../../parameters';
import { jobRow, toJob } from './output';
import { timeout, waitUntilDone } from './waiting';

/** Has SePay issue the draft with a reference code, until then (epoch ms). */
export async function issueDraft(
	this: IExecutePaginationFunctions,
	reference_code: string,
	until: number,
): Promise<JobResult> {
	return await carryOut.call(this, {
		kind: 'issue',
		referenceCode: reference_code,
		request: { method: 'POST', url: '/v1/invoices/issue', body: { reference_code } },
		isDone: ({ status }) => status === 'issued',
		until,
	});
}

export const issue = declare(
	{
		value: 'issue',
		action: 'Issue a draft invoice',
		description:
			'Issue a draft: SePay signs it, numbers it and sends it to the tax authority. This cannot be undone. An invoice that is already issued is returned as it is.',
		main: [referenceCode, waitUntilDone],
		options: [timeout],
	},
	{ method: 'POST', url: '/v1/invoices/issue' },
	async function ({ body }) {
		const { reference_code: code } = body as { reference_code: string };
		const until = deadline.call(this);
		const result = await withInvoice(this, code, async (): Promise<JobResult> => {
			const invoice = await findInvoice.call(this, code);
			if (!invoice) {
				const hint = 'Check the reference code, or create the invoice first.';
				throw blocked(this, `No invoice has the reference code ${code}`, hint);
			}
			if (invoice.status === 'draft') return await issueDraft.call(this, code, until);
			if (invoice.status !== 'cancelled') {
				return { jobStatus: 'Success', trackingCode: null, alreadyExisted: true, invoice };
			}
			const hint = 'Create a new one with another reference code.';
			throw blocked(this, `The invoice ${code} is cancelled`, hint);
		});
		return [jobRow(result, code)];
	},
	toJob,
);
