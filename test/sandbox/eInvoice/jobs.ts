import { randomUUID } from 'node:crypto';
import { ApiError } from '../apiError';
import type { Invoice, Job, JobPlan, NewInvoice } from './model';
import type { State } from './state';

const TAX_CODE = /^(\d{10}|\d{10}-\d{3}|\d{12})$/;

const existed = 'Hệ thống đã ghi nhận hoá đơn cho mã tham chiếu này.';

/** Why something cannot be done: the code of the error, and words. */
type Problem = [code: string, message: string];

/** @throws Refusal of a reference code that is in use */
export function refuseExisting(): never {
	throw new ApiError(409, existed, { code: 'EINVOICE_DOCUMENT_EXISTED' });
}

/** @throws Refusal of an invoice that would be above the quota, unless its job is to fail */
export function assertQuota({ data, variants }: State): void {
	if (data.quota > 0 || variants.quotaError === 'jobFails') return;
	throw new ApiError(403, 'Hết hạn ngạch phát hành hóa đơn điện tử', { code: variants.quotaError });
}

export const taxCodeProblem = (
	{ tax_code = '' }: NewInvoice['buyer'],
	{ data }: State,
): Problem | undefined =>
	(tax_code !== '' && !TAX_CODE.test(tax_code)) || data.unknownTaxCodes.includes(tax_code)
		? ['INVALID_BUYER_TAX_CODE', `Mã số thuế người mua không hợp lệ: ${tax_code}`]
		: undefined;

function takePlan({ plans }: State, kind: Job['kind']): JobPlan {
	const index = plans.findIndex((plan) => plan.kind === undefined || plan.kind === kind);
	return index < 0 ? { end: 'succeeds' } : plans.splice(index, 1)[0];
}

/** Gives the invoice its number and the tax authority the invoice. */
function submit(invoice: Invoice, { data }: State): void {
	const { invoice_series } = invoice.sent;
	const numbers = data.invoices
		.filter(({ sent }) => sent.invoice_series === invoice_series)
		.map(({ number }) => number);
	invoice.number = Math.max(0, ...numbers) + 1;
	invoice.status = 'issued';
	data.quota -= 1;
	data.submissions.push({ reference_code: invoice.reference_code, number: invoice.number });
}

/** Why the provider does not take an invoice. */
function refusedByProvider({ sent }: Invoice, toIssue: boolean, state: State): Problem | undefined {
	const account = state.data.accounts.find(({ id }) => id === sent.provider_account_id);
	const template = account?.templates.find(
		({ invoice_series }) => invoice_series === sent.invoice_series,
	);
	if (template?.open === false) return ['INVALID_CONFIG', `Ký hiệu ${sent.invoice_series} đã đóng`];
	if (toIssue && state.data.quota <= 0) return ['QUOTA_EXCEEDED', 'Hết hạn mức'];
	return taxCodeProblem(sent.buyer, state);
}

/** Starts a job; what it does happens when its time is over. */
function start(
	kind: Job['kind'],
	reference_code: string,
	state: State,
	work: (job: Job) => Problem | undefined,
): Job {
	const { clock, data, jobMs } = state;
	const plan = takePlan(state, kind);
	const job: Job = {
		tracking_code: randomUUID(),
		kind,
		reference_code,
		status: 'Pending',
		message: 'Đang xử lý',
		retries: plan.retries ?? 0,
		plan,
	};
	data.jobs.push(job);
	const end = () => {
		const problem = work(job);
		job.status = problem ? 'Failed' : 'Success';
		[job.error_code, job.message] = problem ?? [undefined, 'Xuất hóa đơn điện tử thành công'];
	};
	const { end: outcome, afterMs = jobMs } = plan;
	if (outcome === 'stays') return job;
	if (afterMs > 0) clock.schedule(clock.now() + afterMs, end);
	else end();
	return job;
}

const failureOf = ({ errorCode = 'PROVIDER_ERROR', message = 'Lỗi nhà cung cấp' }: JobPlan) =>
	[errorCode, message] as Problem;

export function startCreation(sent: NewInvoice, state: State): Job {
	const { clock, data, variants } = state;
	const isKept = variants.referenceCode === 'kept' && sent.reference_code;
	const reference_code = isKept || randomUUID();
	return start('create', reference_code, state, (job) => {
		const { plan, tracking_code } = job;
		const invoice: Invoice = {
			reference_code,
			number: 0,
			status: 'draft',
			source: 'api',
			sent,
			trackingCodes: [tracking_code],
			visibleFrom: clock.now() + variants.visibleAfterMs,
		};
		const isTaken =
			variants.duplicate !== 'allowed' &&
			data.invoices.some((other) => other.reference_code === reference_code);
		if (isTaken) return ['EINVOICE_DOCUMENT_EXISTED', existed];
		const failure =
			plan.end === 'fails' ? failureOf(plan) : refusedByProvider(invoice, !sent.is_draft, state);
		const leaves = failure ? (plan.leaves ?? 'nothing') : sent.is_draft ? 'draft' : 'issued';
		if (leaves !== 'nothing') data.invoices.push(invoice);
		if (leaves === 'issued') submit(invoice, state);
		return failure;
	});
}

export function startIssuance(invoice: Invoice, state: State): Job {
	return start('issue', invoice.reference_code, state, ({ plan, tracking_code }) => {
		const mayBeIssued = invoice.status === 'draft' || state.variants.secondIssue === 'allowed';
		if (!mayBeIssued) return ['NOT_A_DRAFT', 'Hóa đơn không ở trạng thái nháp'];
		const failure =
			plan.end === 'fails' ? failureOf(plan) : refusedByProvider(invoice, true, state);
		if (failure && plan.leaves !== 'issued') return failure;
		invoice.trackingCodes.push(tracking_code);
		submit(invoice, state);
		return failure;
	});
}

/** Whether a job of the kind for the reference code is under way, or has failed when that counts. */
export function isUnderWay(reference_code: unknown, kind: Job['kind'], { data, variants }: State) {
	return data.jobs.some(
		(job) =>
			job.reference_code === reference_code &&
			job.kind === kind &&
			(job.status === 'Pending' ||
				(job.status === 'Failed' && kind === 'create' && variants.failedReference === 'taken')),
	);
}
