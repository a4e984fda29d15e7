import type { Answer } from '../../answers';
import { ApiError } from '../../apiError';
import type { EndpointCall } from '../../endpoint';
import type { BankAccount } from '../../model';
import { claimedPages, ordered, pageOf, written } from '../../paging';
import { matches, oneOf, problemsOf, refuse, type Body, type Rule } from '../../rules';
import type { State } from '../../state';
import { success } from '../answers';
import { uuidOf } from '../uuids';

type Query = Record<string, string>;

/** One endpoint under `/v2`. */
export interface Route {
	method: 'get' | 'post' | 'delete';
	path: string;
	handle: (call: EndpointCall, state: State) => Answer;
}

/**
 * The row that is meant, undefined being no row.
 * @param what names it in the refusal
 * @throws Refusal 404
 */
export function found<T>(row: T | undefined, what: string): T {
	if (row === undefined) throw new ApiError(404, `Không tìm thấy ${what}`);
	return row;
}

/**
 * The bank account in the path.
 * @throws Refusal 404
 */
export function accountOf({ params }: EndpointCall, { data }: State): BankAccount {
	const account = data.bankAccounts.find(({ id }) => uuidOf('account', id) === params.ba);
	return found(account, 'tài khoản ngân hàng');
}

const uuid = matches(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'must be a UUID');
const time = matches(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, 'must be a time as YYYY-MM-DD HH:mm:ss');
const whole = matches(/^\d+$/, 'must be a whole number');

/** What the parameters of a query must be, by how their names begin or end. */
const RULES: Array<[name: RegExp, rule: Rule]> = [
	[/_sort$/, oneOf('asc', 'desc')],
	[/_id$/, uuid],
	[/_(from|to)$/, time],
	[/_(min|max)$/, whole],
	[/^(active|official|static|webhook_success)$/, oneOf('0', '1')],
	[/^transfer_type$/, oneOf('in', 'out')],
];

/** @throws Refusal that names the parameters that are not as they must be */
export function check(query: Query): void {
	for (const [pattern, rule] of RULES) {
		const names = Object.keys(query).filter((name) => pattern.test(name));
		refuse(problemsOf(query, Object.fromEntries(names.map((name) => [name, rule]))));
	}
}

const NUMBERS = ['amount', 'duration', 'with_qrcode', 'refund_amount'];

/**
 * The fields that were sent, as JSON or as a form; none when nothing was.
 * @throws Refusal when the body is neither
 */
export function fieldsOf({ body, rawBody, headers }: EndpointCall): Body {
	if (rawBody === '') return {};
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new ApiError(422, 'The body must be fields');
	}
	if (headers['content-type']?.startsWith('application/json')) return body as Body;
	const typed = ([name, value]: [string, unknown]) =>
		NUMBERS.includes(name) ? [name, Number(value)] : [name, value];
	return Object.fromEntries(Object.entries(body).map(typed));
}

/** Whether a value is within `<name>_<low>` and `<name>_<high>` of the query, both included. */
export function isWithin(
	query: Query,
	value: number | string,
	name: string,
	[low, high]: [low: string, high: string],
): boolean {
	const limit = (end: string) =>
		typeof value === 'number' ? Number(query[`${name}_${end}`]) : query[`${name}_${end}`];
	const isSent = (end: string) => query[`${name}_${end}`] !== undefined;
	return !(isSent(low) && value < limit(low)) && !(isSent(high) && value > limit(high));
}

/**
 * The page that is asked for, sorted by every `<name>_sort` of the query, the first one first, with
 * the `fields` of the query or all.
 * @param rows the oldest first
 */
export function listed<T extends object>(rows: T[], query: Query, state: State): Answer {
	const { variants } = state.tokenApi;
	const sorted = ordered(rows, variants);
	const sorts = Object.entries(query).filter(([name]) => name.endsWith('_sort'));
	for (const [sort, sense] of sorts.reverse()) {
		const valueOf = (row: T) => row[sort.replace(/_sort$/, '') as keyof T] ?? '';
		sorted.sort((a, b) => {
			const [low, high] = sense === 'asc' ? [a, b] : [b, a];
			if (valueOf(low) === valueOf(high)) return 0;
			return valueOf(low) < valueOf(high) ? -1 : 1;
		});
	}
	const found = pageOf(sorted, query, 'per_page', variants.maxPerPage);
	const fields = query.fields?.split(',').map((name) => name.trim());
	const entries = (row: T) =>
		Object.entries(row).filter(([name]) => fields?.includes(name) ?? true);
	const picked = found.rows.map((row) => Object.fromEntries(entries(row)));
	const last_page = claimedPages(found, variants.lastPage);
	const pagination = {
		total: found.total,
		per_page: found.size,
		current_page: found.page,
		last_page,
		has_more: found.page < last_page,
	};
	return success(
		written(picked, variants),
		variants.meta === 'present' ? { pagination } : undefined,
	);
}
