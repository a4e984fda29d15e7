import type { Answer } from '../../../../../test/sandbox/answers';
import { ApiError } from '../../../../../test/sandbox/apiError';
import { json } from '../answers';
import type { Context, Fields } from './context';

type Problems = Record<string, string[]>;

const tell = (problems: Problems, key: string, message: string) => {
	(problems[key] ??= []).push(message);
};

/**
 * Writes records one by one and answers which of them failed.
 * @param keyOf what a record is called in `errors`
 * @param write returns warnings; a Refusal is the error of that record, 404 that it was not found
 */
export function writeEach<T>(
	records: T[],
	{ state }: Context,
	status: number,
	keyOf: (record: T, index: number) => string,
	write: (record: T) => string[] | void,
): Answer {
	const errors: Problems = {};
	const warnings: Problems = {};
	let count = 0;
	records.forEach((record, index) => {
		const key = keyOf(record, index);
		try {
			for (const warning of write(record) ?? []) tell(warnings, key, warning);
			count += 1;
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			if (error.status === 404) tell(errors, 'not_found', key);
			else tell(errors, key, error.message);
		}
	});
	const result = {
		success: true,
		count,
		errors,
		...(Object.keys(warnings).length > 0 && { warnings }),
	};
	return json(status, result, state.variants);
}

/** What a record that is not an invoice is called, as the variant says. */
export function recordKey({ state }: Context, ownNumber: string) {
	return (record: Fields, index: number) =>
		({
			fromOne: String(index + 1),
			fromZero: String(index),
			ownNumber: String(record[ownNumber]),
		})[state.variants.recordKeys];
}
