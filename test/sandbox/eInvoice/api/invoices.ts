import type { Answer } from '../../answers';
import { ApiError } from '../../apiError';
import { jsonObjectOf, type EndpointCall } from '../../endpoint';
import { oneOf, problemsOf, refuse, text } from '../../rules';
import { invoiceDetail, invoiceRow, jobStatus, success } from '../answers';
import { contentOf, nameOf } from '../files';
import { assertQuota, isUnderWay, startIssuance } from '../jobs';
import type { Invoice, Job } from '../model';
import type { State } from '../state';
import { accepted } from './create';
import { listed, type Route } from './route';

/** @throws Refusal 404 when there is none, or it cannot be read yet */
function invoiceOf(code: unknown, { data, clock }: State): Invoice {
	const invoice = data.invoices.find(({ reference_code }) => reference_code === code);
	if (!invoice || invoice.visibleFrom > clock.now()) {
		throw new ApiError(404, 'Không tìm thấy hóa đơn theo reference_code');
	}
	return invoice;
}

function list({ query }: EndpointCall, state: State): Answer {
	const { sourceFilter, order } = state.variants;
	refuse(problemsOf(query, { source: oneOf('manual', 'api') }));
	const now = state.clock.now();
	const found = state.data.invoices.filter(
		({ source, visibleFrom }) =>
			visibleFrom <= now &&
			(sourceFilter === 'ignored' || query.source === undefined || source === query.source),
	);
	const rows = order === 'newestFirst' ? found.reverse() : found;
	return listed(rows, query, state, '10', (invoice) => invoiceRow(invoice, state));
}

function issue(call: EndpointCall, state: State): Answer {
	const body = jsonObjectOf(call);
	refuse(problemsOf(body, { reference_code: text() }, ['reference_code']));
	const notFound = new ApiError(404, 'Không tìm thấy hóa đơn nháp theo reference_code');
	const invoice = state.data.invoices.find((one) => one.reference_code === body.reference_code);
	if (!invoice || invoice.status === 'cancelled') throw notFound;
	const isLate = invoice.status === 'issued' || isUnderWay(invoice.reference_code, 'issue', state);
	if (isLate && state.variants.secondIssue === 'notFound') throw notFound;
	if (isLate && state.variants.secondIssue === 'conflict') {
		throw new ApiError(409, 'Hóa đơn đang được xử lý', { code: 'EINVOICE_DOCUMENT_IN_USE' });
	}
	const { sent } = invoice;
	const account = state.data.accounts.find(({ id }) => id === sent.provider_account_id)!;
	if (!account.active) {
		const code = 'REGISTRATION_NOT_TAX_APPROVED';
		throw new ApiError(422, 'CQT chưa duyệt tờ khai', { code });
	}
	assertQuota(state);
	return accepted(startIssuance(invoice, state), state);
}

const check = (kind: Job['kind']): Route => ({
	method: 'get',
	path: `/invoices/${kind}/check/:code`,
	handle: ({ params }, state) => {
		const job = state.data.jobs.find(
			(one) => one.kind === kind && one.tracking_code === params.code,
		);
		if (!job) throw new ApiError(404, 'Không tìm thấy yêu cầu tương ứng với tracking_code');
		return success(jobStatus(job, state));
	},
});

function remove({ params }: EndpointCall, state: State): Answer {
	const { reference_code, status } = invoiceOf(params.code, state);
	if (status !== 'draft') throw new ApiError(400, 'Hóa đơn không ở trạng thái nháp');
	const { invoices } = state.data;
	invoices.splice(
		invoices.findIndex((one) => one.reference_code === reference_code),
		1,
	);
	return success({ reference_code, message: 'Hóa đơn nháp đã được xóa thành công' });
}

function download({ params, query }: EndpointCall, state: State): Answer {
	const { downloadBy } = state.variants;
	refuse(problemsOf(query, { type: oneOf('pdf', 'xml') }, ['type']));
	const invoice = state.data.invoices.find(
		({ reference_code, trackingCodes, status }) =>
			status !== 'draft' &&
			((downloadBy !== 'trackingCode' && reference_code === params.code) ||
				(downloadBy !== 'referenceCode' && trackingCodes.includes(params.code))),
	);
	if (!invoice || downloadBy === 'nothing') throw new ApiError(404, 'Không tìm thấy hóa đơn');
	const { type } = query;
	return success({
		file_type: type,
		file_name: nameOf(invoice, type),
		content: Buffer.from(contentOf(invoice, type)).toString('base64'),
	});
}

export const invoiceRoutes: Route[] = [
	{ method: 'get', path: '/invoices', handle: list },
	{ method: 'post', path: '/invoices/issue', handle: issue },
	check('create'),
	check('issue'),
	{ method: 'post', path: '/invoices/delete/:code', handle: remove },
	{
		method: 'get',
		path: '/invoices/:code',
		handle: ({ params }, state) => success(invoiceDetail(invoiceOf(params.code, state), state)),
	},
	{ method: 'get', path: '/invoices/:code/download', handle: download },
];
