import { plainJson as json, type Answer } from '../answers';
import type { FaultAnswer } from '../faults';
import type { Refusal } from '../refusal';
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

function documentedShape(status: number, path: string): Exclude<Variants['errorShape'], 'html'> {
	if (status === 401) return 'message';
	if (path === '/v1/webhook') return 'messages';
	if (status === 404 && /^\/v1\/(company\/(edit\/)?[^/]+|link-token\/revoke)$/.test(path)) {
		return 'detail';
	}
	return status === 400 ? 'fields' : 'message';
}

/** A refusal in the shape documented for the place, or in that of the variant. */
export function refused(refusal: Refusal, { path }: SeenRequest, { errorShape }: Variants): Answer {
	const { status, message, details } = refusal;
	if (errorShape === 'html') {
		return { status, headers: { 'content-type': BLOCKED.contentType }, body: BLOCKED.body };
	}
	const shapes = {
		documented: undefined,
		fields: { code: status, message, errors: details.fields ?? null },
		fieldsNull: { code: status, message, errors: null },
		message: { code: status, message },
		detail: { code: status, message, status, error: String(status) },
		messages: {
			status,
			error: String(status),
			messages: { success: [], error: Object.values(details.fields ?? { message }) },
			data: null,
		},
	};
	const shape = shapes[errorShape] ?? shapes[documentedShape(status, path) as 'message'];
	return json(status, shape, details.headers);
}
