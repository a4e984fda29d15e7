import {
	NodeApiError,
	NodeOperationError,
	sleep,
	type IDataObject,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { callEInvoice, eInvoice, hintFor, readObject } from '../shared/eInvoice/api';
import { parameterError } from '../shared/operations/parameterError';
import { parseBoolean } from '../shared/operations/parameterParsers';
import { FIX_FIELDS, unexpectedBodyError } from '../shared/transport/errors';
import { withLock } from '../shared/transport/mutex';
import { fieldsOf, isNonEmptyText, isObject } from '../shared/values';

type JobKind = 'create' | 'issue';

/** What came of a job. */
export interface JobResult {
	jobStatus: 'Pending' | 'Success';
	/** Of the job; null when none was started. */
	trackingCode: string | null;
	/** Whether the invoice was there and nothing was sent, or SePay had it already. */
	alreadyExisted: boolean;
	/** As SePay shows it; undefined while the job is pending. */
	invoice?: IDataObject;
	message?: string;
}

interface Task {
	kind: JobKind;
	referenceCode: string;
	request: IHttpRequestOptions;
	isDone(invoice: IDataObject): boolean;
	/** Until when to wait for its end, epoch ms. */
	until: number;
}

type Context = IExecutePaginationFunctions;

/**
 * How often a job is asked after; SePay names 2 to 5 seconds. After an answer that was lost, the
 * invoice is looked for so long before the request is sent again.
 */
export const timing = { checkEveryMs: 3000, lookForMs: 30_000 };

/** How often one job is sent at the most; each time but the first after the invoice was looked for. */
const MOST_SENDS = 3;

/** The HTTP status of a refusal; other text when none came. */
const statusOf = (error: unknown) => (error instanceof NodeApiError && error.httpCode) || 'none';
export const isNotFound = (error: unknown) => statusOf(error) === '404';
/** SePay says that it has not acted (reference: "xu-ly-loi"). */
const isRefused = (error: unknown) => /^(4\d\d|500)$/.test(statusOf(error));

/** The invoice with a reference code; undefined when SePay has none. */
export async function findInvoice(
	this: Context,
	referenceCode: string,
): Promise<IDataObject | undefined> {
	const url = `/v1/invoices/${encodeURIComponent(referenceCode)}`;
	return await readObject.call(this, { url }).catch((error) => {
		if (isNotFound(error)) return undefined;
		throw error;
	});
}

/** Looks for an invoice that is as the task wants it, until then (epoch ms); undefined: there is none. */
async function awaitInvoice(
	this: Context,
	{ isDone }: Task,
	referenceCode: string,
	until: number,
): Promise<IDataObject | undefined> {
	for (;;) {
		const found = await findInvoice.call(this, referenceCode);
		if (found && isDone(found)) return found;
		if (Date.now() >= until) return undefined;
		await sleep(timing.checkEveryMs);
	}
}

function failureOf(context: Context, { kind, referenceCode }: Task, job: IDataObject) {
	const said = String(job.message);
	const left =
		kind === 'create'
			? `No invoice has the reference code ${referenceCode}`
			: `The invoice ${referenceCode} is still a draft`;
	const description = `${hintFor(job.error_code) ?? FIX_FIELDS} ${left}, so you can run this again.`;
	const message = `${eInvoice.name} could not ${kind} the invoice: ${said}`;
	const itemIndex = context.getItemIndex();
	return new NodeApiError(context.getNode(), { message }, { message, description, itemIndex });
}

/** What a user must know of an invoice that SePay did not make as it was told. */
function noteOn({ reference_code }: IDataObject, { referenceCode }: Task): string {
	if (reference_code === referenceCode) return '';
	return `SePay gave the invoice the reference code ${String(reference_code)} instead of ${referenceCode}. A second run would not find it.`;
}

/**
 * Follows a job to its end. One that failed leaves open whether there is an invoice: it is looked for.
 *
 * @throws NodeApiError with SePay's words when the job failed and there is no invoice
 */
async function follow(this: Context, task: Task, trackingCode: string): Promise<JobResult> {
	const { kind, until } = task;
	const url = `/v1/invoices/${kind}/check/${encodeURIComponent(trackingCode)}`;
	for (;;) {
		const job = await readObject.call(this, { url });
		const { status } = job;
		const message = String(job.message ?? '');
		const pending = { jobStatus: 'Pending' as const, trackingCode, alreadyExisted: false, message };
		if (status === 'Success' || status === 'Failed') {
			const code = String(job.reference_code ?? task.referenceCode);
			const lookUntil = Date.now() + timing.checkEveryMs;
			const invoice =
				status === 'Success' && isObject(job.invoice)
					? job.invoice
					: await awaitInvoice.call(this, task, code, lookUntil);
			const alreadyExisted = status === 'Failed';
			if (invoice) {
				const note = noteOn(invoice, task);
				return { jobStatus: 'Success', trackingCode, alreadyExisted, invoice, message: note };
			}
			if (alreadyExisted) throw failureOf(this, task, job);
			return pending;
		}
		if (Date.now() >= until) return pending;
		await sleep(timing.checkEveryMs);
	}
}

async function start(this: Context, request: IHttpRequestOptions) {
	try {
		const envelope = await callEInvoice.call(this, request, 'a tracking code');
		const { tracking_code } = fieldsOf(envelope.data);
		if (isNonEmptyText(tracking_code)) return { trackingCode: String(tracking_code) };
		const context = { node: this.getNode(), service: eInvoice, request };
		throw unexpectedBodyError(context, 'a tracking code', tracking_code, envelope);
	} catch (error) {
		return { error };
	}
}

/**
 * Has SePay do a job exactly once: whenever it is open whether SePay has acted, the invoice is looked
 * for by its reference code before anything is sent again. One job for a reference code at a time.
 */
export async function carryOut(this: Context, task: Task): Promise<JobResult> {
	const { referenceCode, request, until } = task;
	for (let sent = 1; ; sent++) {
		const { trackingCode, error } = await start.call(this, request);
		if (trackingCode) return await follow.call(this, task, trackingCode);
		const status = statusOf(error);
		// In use: by a job that is under way, or done.
		const isTaken = status === '409' || (task.kind === 'issue' && status === '404');
		if (isRefused(error) && !isTaken && status !== '500') throw error;
		const lookUntil = isTaken ? until : Date.now() + timing.lookForMs;
		const invoice = await awaitInvoice.call(this, task, referenceCode, lookUntil);
		if (invoice) {
			return { jobStatus: 'Success', trackingCode: null, alreadyExisted: true, invoice };
		}
		if (isRefused(error) || sent === MOST_SENDS) throw error;
	}
}

/** Does the work while no other item of this n8n works on the same invoice. */
export async function withInvoice<T>(
	context: Context,
	referenceCode: string,
	work: () => Promise<T>,
): Promise<T> {
	const { id } = context.getNode().credentials?.[eInvoice.credentialType] ?? {};
	return await withLock(`invoice ${id} ${referenceCode}`, work);
}

/**
 * Until when to wait for a job, by the Wait Until Done and Timeout parameters; epoch ms.
 *
 * @throws NodeOperationError when Timeout is not a whole number of seconds from 1 to 3600
 */
export function deadline(this: Context): number {
	const isWaiting = parseBoolean(
		this,
		'Wait Until Done',
		this.getNodeParameter('waitUntilDone', true),
	);
	if (!isWaiting) return 0;
	const seconds = Number(this.getNodeParameter('options.timeout', 120));
	if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600) {
		return Date.now() + seconds * 1000;
	}
	const hint = `It is "${String(this.getNodeParameter('options.timeout'))}".`;
	throw parameterError(this, 'Timeout (Seconds)', 'a whole number of seconds from 1 to 3600', hint);
}

/** The error for an invoice that is in the way of what is to be done. */
export function blocked(context: Context, message: string, description: string) {
	const itemIndex = context.getItemIndex();
	return new NodeOperationError(context.getNode(), message, { description, itemIndex });
}
