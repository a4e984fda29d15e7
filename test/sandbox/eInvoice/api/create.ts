import type { Answer } from '../../answers';
import { ApiError } from '../../apiError';
import { vietnamTime } from '../../clock';
import { jsonObjectOf, type EndpointCall } from '../../endpoint';
import { listOf, matches, oneOf, problemsOf, refuse, text, type Rule } from '../../rules';
import { success } from '../answers';
import { assertQuota, isUnderWay, refuseExisting, startCreation, taxCodeProblem } from '../jobs';
import type { Job, NewInvoice, NewLine } from '../model';
import type { State } from '../state';
import type { Route } from './route';

const number: Rule = (value) => (typeof value === 'number' ? undefined : 'must be a number');
const TAX_RATES = [-2, -1, 0, 5, 8, 10];

const lineRules: Record<string, Rule> = {
	line_number: number,
	line_type: oneOf(1, 2, 3, 4),
	item_name: text(),
	quantity: (value) =>
		typeof value === 'number' && /^-?\d+(\.\d{1,2})?$/.test(String(value))
			? undefined
			: 'must have at most two decimals',
	unit_price: number,
	tax_rate: oneOf(...TAX_RATES),
	discount_tax: number,
	discount_amount: number,
	before_discount_and_tax_amount: number,
};

const rules: Record<string, Rule> = {
	template_code: text(),
	invoice_series: text(),
	issued_date: matches(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, 'must be YYYY-MM-DD HH:mm:ss'),
	currency: oneOf('VND', 'USD', 'CAD'),
	provider_account_id: text(),
	reference_code: text(),
	payment_method: oneOf('TM', 'CK', 'TM/CK', 'KHAC'),
	is_draft: oneOf(true, false),
	buyer: (value) => (Object(value) === value ? undefined : 'must be an object'),
	items: (value) =>
		Array.isArray(value) && value.length > 0 ? listOf(lineProblem)(value) : 'must be a list',
	total_amount: (value) => (Number.isInteger(value) ? undefined : 'must be an integer'),
};

const lineProblem: Rule = (line) => {
	const required = ['line_number', 'line_type', 'item_name'];
	const [first] = Object.entries(problemsOf(Object(line), lineRules, required));
	return first?.join(' ');
};

/** VAT invoices need a tax rate on every line that has an amount; others take none. */
function assertTaxRates({ template_code, items }: NewInvoice): void {
	const isWrong = ({ line_type, tax_rate }: NewLine) =>
		line_type !== 4 && (template_code === '1') !== (tax_rate !== undefined);
	const wrong = items.find(isWrong);
	if (wrong) refuse({ [`items.${wrong.line_number}.tax_rate`]: 'is required or not allowed' });
}

function assertAccount(sent: NewInvoice, { data }: State): void {
	const account = data.accounts.find(({ id }) => id === sent.provider_account_id);
	if (!account) throw new ApiError(404, 'Không tồn tại tài khoản với ID cung cấp');
	const unprocessable = (code: string, message: string) => new ApiError(422, message, { code });
	if (!account.active) throw unprocessable('REGISTRATION_NOT_COMPLETE', 'Tài khoản chưa kích hoạt');
	const isKnown = account.templates.some(
		({ template_code, invoice_series }) =>
			template_code === sent.template_code && invoice_series === sent.invoice_series,
	);
	if (!isKnown) throw unprocessable('INVALID_CONFIG', 'Ký hiệu hóa đơn không hợp lệ');
	if (sent.issued_date.slice(0, 10) < (account.tax_authority_approved_date ?? '')) {
		const message = 'Ngày hóa đơn trước ngày CQT duyệt';
		throw unprocessable('INVOICE_DATE_BEFORE_TAX_APPROVAL', message);
	}
}

/** The answer to a job that was taken. */
export function accepted({ tracking_code, kind }: Job, { url, variants }: State): Answer {
	return success(
		{
			tracking_code,
			tracking_url: `${url}/v1/invoices/${kind}/check/${tracking_code}`,
			message: 'Đã tạo yêu cầu xuất bán hóa đơn điện tử',
		},
		variants.acceptStatus,
	);
}

function create(call: EndpointCall, state: State): Answer {
	const body = jsonObjectOf(call);
	const required = Object.keys(rules).filter(
		(name) => !['reference_code', 'payment_method', 'total_amount'].includes(name),
	);
	refuse(problemsOf(body, rules, required));
	const sent = body as unknown as NewInvoice;
	if (sent.issued_date > vietnamTime(state.clock.now()))
		refuse({ issued_date: 'is in the future' });
	assertTaxRates(sent);
	assertAccount(sent, state);
	const { duplicate, taxCodeCheck } = state.variants;
	const { reference_code } = sent;
	const isMade = state.data.invoices.some((one) => one.reference_code === reference_code);
	const isBusy = isUnderWay(reference_code, 'create', state);
	if (
		(duplicate === 'refused' && (isMade || isBusy)) ||
		(duplicate === 'refusedWhenDone' && isMade)
	) {
		refuseExisting();
	}
	if (!sent.is_draft) assertQuota(state);
	const problem = taxCodeCheck === 'atOnce' && taxCodeProblem(sent.buyer, state);
	if (problem) throw new ApiError(422, problem[1], { code: problem[0] });
	return accepted(startCreation(sent, state), state);
}

export const createRoutes: Route[] = [{ method: 'post', path: '/invoices/create', handle: create }];
