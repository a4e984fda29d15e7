import { ApiError } from './apiError';
import { isPrivate } from './hosts';
import type { Service } from './state';

export type Body = Record<string, unknown>;

/** What is wrong with the value of a field, undefined when nothing is. */
export type Rule = (value: unknown) => string | undefined;

export const oneOf =
	(...values: readonly unknown[]): Rule =>
	(value) =>
		values.includes(value) ? undefined : `must be one of ${values.join(', ')}`;

export const zeroOrOne: Rule = (value) =>
	value === 0 || value === 1 ? undefined : 'must be 0 or 1';

/** A text that is not empty, of so many characters at most. */
export const text =
	(longest = Infinity): Rule =>
	(value) => {
		if (typeof value !== 'string' || value === '') return 'must be a text';
		return value.length > longest ? `is longer than ${longest}` : undefined;
	};

/** What a pattern matches; numbers by their digits. */
export const matches =
	(pattern: RegExp, problem: string): Rule =>
	(value) =>
		pattern.test(String(value)) ? undefined : problem;

/** A whole number from `low` to `high`. */
export const integer =
	(low = -Infinity, high = Infinity): Rule =>
	(value) => {
		if (!Number.isInteger(value)) return 'must be an integer';
		const isInside = (value as number) >= low && (value as number) <= high;
		return isInside ? undefined : `must be from ${low} to ${high}`;
	};

export const listOf =
	(rule: Rule): Rule =>
	(value) =>
		Array.isArray(value) && !value.some((item) => rule(item)) ? undefined : 'is not a valid list';

/** The problems of the fields that were sent and have a rule, and of required ones that were not. */
export function problemsOf(
	body: Body,
	rules: Record<string, Rule>,
	required: string[] = [],
): Record<string, string> {
	const problems: Record<string, string> = {};
	for (const [name, rule] of Object.entries(rules)) {
		const isMissing = body[name] === undefined;
		const missing = required.includes(name) ? 'is required' : undefined;
		const problem = isMissing ? missing : rule(body[name]);
		if (problem) problems[name] = problem;
	}
	return problems;
}

/** @throws Refusal 400 that names the fields, when there is a problem */
export function refuse(problems: Record<string, string>): void {
	const [first] = Object.entries(problems);
	if (first) throw new ApiError(400, first.join(' '), { fields: problems });
}

/** What is wrong with the address of a webhook, which has to be public and, if asked for, HTTPS. */
export function addressProblem(
	address: string,
	{ allowPrivateWebhooks }: Service,
	needsHttps = true,
): string | undefined {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (!url || !/^https?:$/.test(url.protocol)) return 'is not a web address';
	if (allowPrivateWebhooks) return undefined;
	if (needsHttps && url.protocol !== 'https:') return 'must be an https address';
	return isPrivate(url.hostname) ? 'must be a public address' : undefined;
}
