import type { Answer } from '../../../../test/sandbox/answers';
import type { ApiError } from '../../../../test/sandbox/apiError';
import type { Variants } from './variants';

const CODES: Record<number, string> = {
	400: 'bad_request',
	401: 'unauthorized',
	403: 'forbidden',
	404: 'not_found',
	405: 'method_not_allowed',
	422: 'unprocessable_entity',
	429: 'too_many_requests',
};

const isId = (key: string) => /(^|_)ids?$/.test(key);
const numeric = (value: unknown) =>
	typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

/** A JSON answer with ids as the variant says. */
export function json(
	status: number,
	value: unknown,
	{ ids }: Pick<Variants, 'ids'>,
	headers: Record<string, string> = {},
): Answer {
	const print = (key: string, field: unknown) => {
		if (ids === 'text' || !isId(key)) return field;
		return Array.isArray(field) ? field.map(numeric) : numeric(field);
	};
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(value, print),
	};
}

/** A refusal in the shape that the variant asks for. */
export function errorAnswer(
	{ status, message, details }: ApiError,
	{ errorShape, invalid, tokenError, ids }: Variants,
): Answer {
	if (details.oauth && tokenError === 'oauth') {
		const shape = { error: details.code, error_description: message };
		return json(status, shape, { ids }, details.headers);
	}
	const fields = Object.entries(details.fields ?? {}).map(([name, text]) => [name, [text]]);
	const shape = {
		code: details.code ?? CODES[status],
		message,
		...(invalid === 'fields' && fields.length > 0 && { errors: Object.fromEntries(fields) }),
	};
	return json(status, errorShape === 'flat' ? shape : { error: shape }, { ids }, details.headers);
}
