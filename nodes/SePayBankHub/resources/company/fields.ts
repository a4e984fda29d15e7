import {
	fieldType,
	matching,
	option,
	range,
	text,
	wholeFrom,
	type Field,
	type Parser,
} from '../../../shared/operations/fields';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseBoolean, parseInteger } from '../../../shared/operations/parameterParsers';
import { characterTypes } from '../../../shared/sePay/paymentCodes';
import { company, inPath } from '../../fields';

export const companyId = inPath(company('company_xid', 'The company to use'));

const MAX_NAME = 200;

const parseName: Parser = (context, displayName, value) => {
	const name = String(value).trim();
	const { length } = [...name];
	if (length <= MAX_NAME) return name;
	const expected = `at most ${MAX_NAME} characters long`;
	throw parameterError(context, displayName, expected, `It has ${length} characters.`);
};

export const fullName = fieldType('string', parseName)(
	'full_name',
	'Up to 200 characters. No two of your companies can have the same name.',
	{ placeholder: 'e.g. Hoa Sen Trading' },
);

export const shortName = text('short_name', undefined, { placeholder: 'e.g. Hoa Sen' });

const STATUSES = ['Active', 'Cancelled', 'Fraud', 'Pending', 'Suspended', 'Terminated'];

export const status = (
	statuses = STATUSES,
	description = 'SePay reports transactions only for active companies',
) => option('status', statuses, description);

const suffix = (sendAs: string, extreme: string) =>
	wholeFrom(1, { default: 6 })(sendAs, `${extreme} number of characters after the prefix`);

const UNLIMITED = 'Unlimited';

/** How SePay treats the transactions of a company. */
export const configuration: Field[] = [
	fieldType('boolean', (...given) => (parseBoolean(...given) ? 'on' : 'off'), { default: true })(
		'payment_code',
		'Whether SePay looks for payment codes in transfer memos',
	),
	option(
		'payment_code_suffix_character_type',
		[],
		'The characters in the part of a payment code after the prefix',
		{ name: 'paymentCodeCharacters', options: characterTypes, default: 'NumberOnly' },
	),
	matching(/^[A-Za-z]{2,5}$/, '2 to 5 letters')(
		'payment_code_prefix',
		'What payment codes start with: 2 to 5 letters',
		{ placeholder: 'e.g. DH' },
	),
	...range(
		suffix('payment_code_suffix_from', 'Minimum'),
		suffix('payment_code_suffix_to', 'Maximum'),
	),
	fieldType('string', (context, displayName, value) =>
		value === UNLIMITED ? value : parseInteger(context, displayName, value, 0, `, or ${UNLIMITED}`),
	)(
		'transaction_amount',
		'How many transactions the company can have: a whole number, or the word Unlimited. At 0, SePay reports none.',
		{
			name: 'transactionAllowance',
			displayName: 'Transaction Limit',
			placeholder: 'e.g. Unlimited',
		},
	),
];
