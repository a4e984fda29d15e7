import { fieldType, required, type Field } from '../shared/operations/fields';
import { locator, UUID, UUID_EXAMPLE } from '../shared/operations/locators';
import { parameterError, type ItemContext } from '../shared/operations/parameterError';
import { parseId } from '../shared/operations/parameterParsers';
import { toBankTime, toVietnamDate } from '../shared/values';

/**
 * The one UUID in a value.
 *
 * @throws NodeOperationError when it is none
 */
export const parseUuid = (context: ItemContext, displayName: string, value: unknown): string =>
	parseId(context, displayName, value, new RegExp(`^${UUID}$`), `an ID like ${UUID_EXAMPLE}`);

/**
 * A reference or tracking code: 1 to 100 characters, none of them a space or a slash.
 *
 * @throws NodeOperationError when it is none
 */
export const parseCode = (context: ItemContext, displayName: string, value: unknown): string =>
	parseId(
		context,
		displayName,
		value,
		/^[^\s/\\?#]{1,100}$/,
		'a code like SEPAY-92704: up to 100 characters, no spaces or slashes',
	);

const ZONED = /(Z|[+-]\d{2}:?\d{2})$/;

/**
 * A time as SePay takes it: `YYYY-MM-DD HH:mm:ss`, Vietnam time. One that names its zone is converted,
 * others are taken as written; a day alone begins at midnight.
 *
 * @throws NodeOperationError when it is no time
 */
export function parseDateTime(context: ItemContext, displayName: string, value: unknown): string {
	const text = String(value).trim();
	const instant =
		value instanceof Object ? Number(value) : Date.parse(ZONED.test(text) ? text : '');
	if (Number.isFinite(instant)) return toBankTime(instant);
	const [, clock = '00:00:00'] = /^.{10}[T ](\d{2}:\d{2}(?::\d{2})?)/.exec(text) ?? [];
	const day = toVietnamDate(value);
	if (day) return `${day} ${clock.padEnd(8, ':00')}`;
	throw parameterError(context, displayName, 'a time like 2026-01-31 09:30', `It is "${text}".`);
}

/** The account at the provider of invoices: chosen from the list or by its ID. */
export const providerAccount: Field = {
	parameter: {
		...locator(
			'Provider Account',
			'providerAccountId',
			'getProviderAccounts',
			'The account at the invoice provider that creates the invoices',
			{
				placeholder: `e.g. ${UUID_EXAMPLE}`,
				regex: `^\\s*${UUID}\\s*$`,
				errorMessage: `The ID of a provider account looks like ${UUID_EXAMPLE}`,
			},
		),
		required: true,
	},
	sendAs: ['provider_account_id'],
	parse: parseUuid,
};

/** The reference code of an invoice that exists. */
export const [referenceCode] = required(
	fieldType('string', parseCode, { placeholder: 'e.g. SEPAY-92704' })(
		'reference_code',
		'The reference code of the invoice, as Create and Get Many return it',
	),
);
