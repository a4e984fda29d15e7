import { success, type Answer } from '../answers';
import { ApiError } from '../apiError';
import { jsonObjectOf, type EndpointCall } from '../endpoint';
import type { PaymentCodeFormat, User } from '../model';
import type { State } from '../state';
import type { Route } from './route';

const isLength = (value: unknown) =>
	Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 30;

/** What is wrong with a format that was sent; the limits are those of the settings page. */
function problemOf(format: Record<string, unknown>): string | undefined {
	if (!/^[a-z]{2,10}$/i.test(String(format.prefix))) return 'prefix must have 2 to 10 letters';
	if (!isLength(format.suffix_from)) return 'suffix_from must be from 1 to 30';
	if (!isLength(format.suffix_to)) return 'suffix_to must be from 1 to 30';
	if ((format.suffix_from as number) > (format.suffix_to as number)) {
		return 'suffix_from must not be above suffix_to';
	}
	if (!['NumberOnly', 'NumberAndLetter'].includes(String(format.character_type))) {
		return 'character_type must be NumberOnly or NumberAndLetter';
	}
	return format.is_active === 0 || format.is_active === 1 ? undefined : 'is_active must be 0 or 1';
}

function readFormats(call: EndpointCall): PaymentCodeFormat[] {
	const { payment_code_formats: sent } = jsonObjectOf(call);
	if (!Array.isArray(sent) || sent.length === 0) {
		throw new ApiError(400, 'payment_code_formats must be a list with at least one entry');
	}
	return sent.map((format, index) => {
		const problem = problemOf(Object(format));
		if (problem) {
			const field = `payment_code_formats.${index}`;
			throw new ApiError(400, `${field}: ${problem}`, { fields: { [field]: problem } });
		}
		return {
			prefix: format.prefix.toUpperCase(),
			suffix_from: format.suffix_from,
			suffix_to: format.suffix_to,
			character_type: format.character_type,
			is_active: format.is_active === 1,
		};
	});
}

function merge(old: PaymentCodeFormat[], sent: PaymentCodeFormat[]): PaymentCodeFormat[] {
	const byPrefix = new Map([...old, ...sent].map((format) => [format.prefix, format]));
	return [...byPrefix.values()];
}

function assertPath(call: EndpointCall, { variants }: State): void {
	if (!call.path.includes(`/${variants.companyPath}`)) {
		throw new ApiError(404, 'There is no such endpoint');
	}
}

function show(call: EndpointCall, state: State, { role }: User): Answer {
	assertPath(call, state);
	const { id, full_name, short_name, ...rest } = state.data.company;
	return success({ id, full_name, short_name, role, ...rest }, state.variants);
}

function configure(call: EndpointCall, state: State): Answer {
	assertPath(call, state);
	const { configurations } = state.data.company;
	const sent = readFormats(call);
	configurations.payment_code_formats =
		state.variants.formatsUpdate === 'replace'
			? sent
			: merge(configurations.payment_code_formats, sent);
	return success(configurations, state.variants);
}

const both = ['/company', '/companies'];

export const companyRoutes: Route[] = both.flatMap((path) => [
	{ method: 'get', path, scope: 'company', right: 'Admin', handle: show },
	{
		method: 'patch',
		path: `${path}/configurations`,
		scope: 'company',
		right: 'Admin',
		handle: configure,
	},
]);
