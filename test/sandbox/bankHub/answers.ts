import { plainJson as json, type Answer } from '../answers';
import type { ApiError } from '../apiError';
import type { FaultAnswer } from '../faults';
import type { SeenRequest } from '../state';
import type { Variants } from './variants';

export { json };

type Type = 'number' | 'text';

/** The page that stands in front of the API when it does not like a caller; usable as a fault. */
export const BLOCKED = {
	status: 403,
	contentType: 'text/html; charset=UTF-8',
	body: `<!DOCTYPE html>
<html lang="en-US"><head><title>Attention Required! | Cloudflare</title></head>
<body><h1>Sorry, you have been blocked</h1><p>You are unable to access sepay.vn</p></body></html>
`,
} satisfies FaultAnswer;

/** A flag or count in the type documented for it, or in that of the variant. */
export function count(value: boolean | number, documented: Type, { flags }: Variants) {
	const type = flags === 'documented' ? documented : flags;
	return type === 'text' ? String(Number(value)) : Number(value);
}

/** An amount in the type documented for it, or in that of the variant. */
export function amount(value: number, documented: Type, { amounts }: Variants) {
	const type = amounts === 'documented' ? documented : amounts;
	return type === 'text' ? value.toFixed(2) : value;
}

/** `in` or `out` in the words documented for the place, or in those of the variant. */
export function direction(
	value: 'in' | 'out',
	documented: 'inOut' | 'creditDebit',
	{ directions }: Variants,
) {
	const words = directions === 'documented' ? documented : directions;
	return words === 'inOut' ? value : value === 'in' ? 'credit' : 'debit';
}

const TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** A time as documented, Vietnam's, in the form of the variant. */
export function time(value: string, form: Variants['times']): string {
	if (form === 'documented') return value;
	const withT = value.replace(' ', 'T');
	if (form === 'T') return withT;
	if (form === 'zoned') return `${withT}+07:00`;
	if (form === 'zonedShort') return `${withT}+0700`;
	const utc = new Date(`${withT}+07:00`).toISOString();
	return utc.replace('.000', form === 'utc' ? '' : '.000000');
}

/** The day of a time as documented, by the days of the variant. */
export function dayOf(value: string, { days }: Variants): string {
	return time(value, days === 'utc' ? 'utc' : 'documented').slice(0, 10);
}

/** JSON in which nothing stands as the variant says; `data` stays. */
export const serialize = (value: unknown, { nothing }: Variants): string =>
	JSON.stringify(value, (name, part: unknown) =>
		part === null && name !== 'data' && nothing === 'emptyText' ? '' : part,
	);

/** An answer with its times, and what stands for nothing, as the variants say. */
export function inForm(answer: Answer, variants: Variants): Answer {
	const value = JSON.parse(answer.body, (_name, part: unknown) =>
		typeof part === 'string' && TIME.test(part) ? time(part, variants.times) : part,
	);
	return { ...answer, body: serialize(value, variants) };
}

function documentedShape(
	status: number,
	path: string,
): 'fields' | 'message' | 'detail' | 'messages' {
	if (status === 401) return 'message';
	if (path === '/v1/webhook') return 'messages';
	if (status === 404 && /^\/v1\/(company\/(edit\/)?[^/]+|link-token\/revoke)$/.test(path)) {
		return 'detail';
	}
	return status === 400 ? 'fields' : 'message';
}

/** A refusal in the shape documented for the place, or in that of the variant. */
export function errorAnswer(
	{ status, message, details }: ApiError,
	{ path }: Pick<SeenRequest, 'path'>,
	{ errorShape, refusalStatus }: Variants,
): Answer {
	const isKept = refusalStatus === 'documented' || [401, 429].includes(status);
	const sent = isKept ? status : refusalStatus;
	if (errorShape === 'html') {
		return { status: sent, headers: { 'content-type': BLOCKED.contentType }, body: BLOCKED.body };
	}
	const messages = { success: [], error: Object.values(details.fields ?? { message }) };
	const shapes = {
		fields: { code: status, message, errors: details.fields ?? null },
		fieldsNull: { code: status, message, errors: null },
		message: { code: status, message },
		detail: { code: status, message, status, error: String(status) },
		messages: { status, error: String(status), messages, data: null },
		fieldsAlone: { code: 200, message, errors: details.fields ?? { request: message } },
		errorAlone: { code: 200, message, status: 200, error: message },
		messagesAlone: { status: 200, error: null, messages, data: null },
	};
	const shape = errorShape === 'documented' ? documentedShape(status, path) : errorShape;
	return json(sent, shapes[shape], details.headers);
}
