import type { ApiError } from './apiError';
import type { Variants } from './variants';

/** An HTTP answer with its body as text. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

const MONEY = new Set(['accumulated', 'amount_in', 'amount_out']);
const IDS = new Set(['id', 'bank_account_id', 'bank_account_ids', 'bank_sub_account_ids']);

/** JSON text in which amounts, ids and booleans are printed as the variants say. */
function serialize(value: unknown, variants: Variants, key = ''): string {
	if (Array.isArray(value)) {
		return `[${value.map((item) => serialize(item, variants, key)).join(',')}]`;
	}
	if (typeof value === 'object' && value !== null) {
		const fields = Object.entries(value)
			.filter(([, field]) => field !== undefined)
			.map(([name, field]) => `${JSON.stringify(name)}:${serialize(field, variants, name)}`);
		return `{${fields.join(',')}}`;
	}
	if (typeof value === 'number' && MONEY.has(key)) {
		return variants.amounts === 'number' ? value.toFixed(2) : `"${value.toFixed(2)}"`;
	}
	if (typeof value === 'number' && IDS.has(key) && variants.ids === 'string') return `"${value}"`;
	if (typeof value === 'boolean' && variants.booleans === 'integer') return value ? '1' : '0';
	return JSON.stringify(value);
}

/** A JSON answer with its values as they are. */
export function plainJson(
	status: number,
	value: unknown,
	headers: Record<string, string> = {},
): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(value),
	};
}

/** A JSON answer with its values as the variants say. */
export function json(
	status: number,
	value: object,
	variants: Variants,
	headers: Record<string, string> = {},
): Answer {
	return { ...plainJson(status, undefined, headers), body: serialize(value, variants) };
}

/** The success envelope around `data`. */
export function success(data: unknown, variants: Variants, meta?: object): Answer {
	return json(200, { status: 'success', data, meta }, variants);
}

/** A refusal in the shape that the variant asks for. */
export function errorAnswer(apiError: ApiError, variants: Variants): Answer {
	const { message, code, details } = apiError;
	const shapes = {
		oauth: { error: code, error_description: message },
		message: { status: 'error', message },
		messages: { status: 'error', messages: { error: message } },
		errors: {
			status: 'error',
			errors: details.fields
				? Object.fromEntries(Object.entries(details.fields).map(([name, text]) => [name, [text]]))
				: [message],
		},
	};
	const shape = shapes[details.oauth ? 'oauth' : (details.shape ?? variants.errorShape)];
	return json(apiError.status, shape, variants, details.headers);
}
