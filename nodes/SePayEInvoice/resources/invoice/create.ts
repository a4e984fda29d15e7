import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { fieldsOf, toBankTime } from '../../../shared/values';
import { amountsOf, assertLines, toleranceOf, type Line } from '../../amounts';
import { blocked, carryOut, deadline, findInvoice, withInvoice, type JobResult } from '../../jobs';
import { declare } from '../../operations';
import { providerAccount } from '../../parameters';
import { referenceFor } from '../../reference';
import * as fields from './fields';
import { issueDraft } from './issue';
import { items } from './items';
import { jobRow, toJob } from './output';
import { timeout, waitUntilDone } from './waiting';

interface NewInvoice extends IDataObject {
	reference_code: string;
	is_draft: boolean;
	/** With tax, in whole VND. */
	total_amount?: number;
}

/** What is sent for the fields that were filled in, and the lines in it; all checked. */
function saleIn(context: IExecutePaginationFunctions, { template, ...given }: IDataObject) {
	const body = {
		payment_method: 'CK',
		issued_date: toBankTime(Date.now()),
		currency: 'VND',
		buyer: {},
		items: [],
		...given,
		...(template as { template_code: string; invoice_series: string }),
		reference_code: referenceFor(context, given.reference_code, context.getInputData().json),
	} as unknown as NewInvoice & { template_code: string };
	const lines = body.items as unknown as Line[];
	assertLines(context, lines, body.template_code, body.total_amount);
	return { body, lines };
}

/**
 * Compares an invoice with what it is to be. One that was there already has to be for the same sale.
 *
 * @returns what a user must know of an invoice that was just made
 * @throws NodeOperationError when the reference code belongs to another invoice
 */
function compare(
	context: IExecutePaginationFunctions,
	{ invoice, alreadyExisted, message }: JobResult,
	{ body, lines }: ReturnType<typeof saleIn>,
): string | undefined {
	const { reference_code, total_amount = amountsOf(lines).totalAmount } = body;
	const found = Number(invoice!.total_amount);
	const isSame = Math.abs(found - total_amount) <= toleranceOf(lines);
	if (!alreadyExisted) {
		const note = `SePay's total is ${found} VND, but the items add up to ${total_amount} VND.`;
		return [message, ...(isSame ? [] : [note])].filter(Boolean).join(' ');
	}
	if (isSame && invoice!.status !== 'cancelled') return message;
	const other = isSame
		? 'a cancelled invoice'
		: `an invoice for ${found} VND; this one is for ${total_amount} VND`;
	throw blocked(
		context,
		`The reference code ${reference_code} belongs to ${other}`,
		'Use a different reference code for each sale.',
	);
}

export const create = declare(
	{
		value: 'create',
		action: 'Create an invoice',
		description:
			'Create the invoice of a sale, as a draft or issued at once. If you run this again with the same reference code, it returns the existing invoice.',
		main: [
			providerAccount,
			fields.template,
			fields.newReference,
			fields.isDraft,
			...fields.buyer,
			...items,
			waitUntilDone,
		],
		additionalFields: [
			...fields.moreOfBuyer,
			fields.issuedDate,
			fields.notes,
			fields.paymentMethod,
			...fields.store,
			fields.totalAmount,
		],
		options: [timeout],
	},
	{ method: 'POST', url: '/v1/invoices/create' },
	async function (request) {
		const sale = saleIn(this, fieldsOf(request.body));
		const { reference_code, is_draft } = sale.body;
		const until = deadline.call(this);
		const result = await withInvoice(this, reference_code, async (): Promise<JobResult> => {
			const existing = await findInvoice.call(this, reference_code);
			const made: JobResult = existing
				? { jobStatus: 'Success', trackingCode: null, alreadyExisted: true, invoice: existing }
				: await carryOut.call(this, {
						kind: 'create',
						referenceCode: reference_code,
						request: { ...request, body: sale.body },
						isDone: () => true,
						until,
					});
			if (!made.invoice) return made;
			const message = compare(this, made, sale);
			const isLeft = made.invoice.status === 'draft' && !is_draft;
			return isLeft ? await issueDraft.call(this, reference_code, until) : { ...made, message };
		});
		return [jobRow(result, reference_code)];
	},
	toJob,
);
