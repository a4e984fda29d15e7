import { randomInt } from 'crypto';
import type { IDataObject, IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';
import { perItem } from '../../../shared/operations/declarativeAdapter';
import {
	declareCustom,
	option,
	readForm,
	showFor,
	text,
	textList,
	wholeBetween,
	type OperationForm,
} from '../../../shared/operations/fields';
import { asSentText, from, outputOf } from '../../../shared/operations/output';
import { parameterError, type ItemContext } from '../../../shared/operations/parameterError';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { characterTypes, codeFormatsIn } from '../../../shared/sePay/paymentCodes';
import { fieldsOf, normalizeCode } from '../../../shared/values';
import { paymentCodeFormatsOf, readCompany } from '../company/company';

/** How codes are built: a prefix of capital letters and a suffix of that many characters. */
interface CodeStructure {
	prefix: string;
	length: number;
	digitsOnly: boolean;
}

const DIGITS = '0123456789';
/** Without what is taken for one another (0 and O, 1 and I and L), and without vowels: no words. */
const UNAMBIGUOUS_DIGITS = '23456789';
const UNAMBIGUOUS_CHARACTERS = `${UNAMBIGUOUS_DIGITS}BCDFGHJKMNPQRSTVWXZ`;
/** A suffix is not longer than this of itself: people may have to type it. */
const DEFAULT_SUFFIX_LENGTH = 10;
const MAX_ATTEMPTS = 1000;

/**
 * The characters at each place of a suffix. A number does not begin with 0, which gets lost; one with
 * letters begins and ends with a digit, so that prefix and words around it stay apart from it.
 */
function alphabets({ length, digitsOnly }: CodeStructure): string[] {
	return Array.from({ length }, (_, place) => {
		if (digitsOnly) return place === 0 ? DIGITS.slice(1) : DIGITS;
		return place === 0 || place === length - 1 ? UNAMBIGUOUS_DIGITS : UNAMBIGUOUS_CHARACTERS;
	});
}

/** A new code that neither begins as a taken one does nor the other way round; it is taken then. */
function generateUniqueCode(
	context: ItemContext,
	structure: CodeStructure,
	taken: Set<string>,
): string {
	const places = alphabets(structure);
	const possible = places.reduce((count, { length }) => count * length, 1);
	// Half of them stay free, so that a mistyped code is hardly ever that of another order.
	if (taken.size >= possible / 2) {
		const hint = `Half of the ${possible} codes with ${structure.prefix} and ${structure.length} more characters are taken. Make the suffix longer.`;
		throw parameterError(context, 'Suffix', 'long enough for this many codes', hint);
	}
	for (let tried = 0; tried < MAX_ATTEMPTS; tried++) {
		const suffix = places.map((letters) => letters[randomInt(letters.length)]).join('');
		const code = structure.prefix + suffix;
		const isFree = [...taken].every((one) => !one.startsWith(code) && !code.startsWith(one));
		if (isFree) {
			taken.add(code);
			return code;
		}
	}
	const hint = `Nearly every code with ${structure.prefix} and ${structure.length} more characters begins with one of them, or vice versa.`;
	throw parameterError(context, 'Codes in Use', 'a list that leaves enough codes free', hint);
}

function customStructure(context: ItemContext, given: IDataObject): CodeStructure {
	const prefix = normalizeCode(given.prefix);
	if (!/^[A-Z]{2,10}$/.test(prefix)) {
		const hint = `It is "${String(given.prefix ?? '')}".`;
		throw parameterError(context, 'Prefix', '2 to 10 letters', hint);
	}
	const length = given.suffixLength as number;
	return { prefix, length, digitsOnly: given.characterType === 'NumberOnly' };
}

/** The company's structure with the prefix, or the first one that is active. */
function companyStructure(
	context: ItemContext,
	given: IDataObject,
	formats: IDataObject[],
): CodeStructure {
	const sought = normalizeCode(given.prefix);
	const active = codeFormatsIn(formats);
	const format = active.find(({ prefix }) => !sought || prefix === sought);
	if (!format) {
		const prefixes = active.map(({ prefix }) => prefix).join(', ') || 'none';
		const hint = `SePay recognizes codes with these prefixes: ${prefixes}. Change them with Company: Update.`;
		throw parameterError(context, 'Prefix', 'the prefix of an active payment code format', hint);
	}
	const { prefix, shortest, longest, digitsOnly } = format;
	const length = Math.min(longest, Math.max(shortest, DEFAULT_SUFFIX_LENGTH));
	return { prefix, length, digitsOnly };
}

async function readFormats(this: IExecuteFunctions, context: ItemContext): Promise<IDataObject[]> {
	const request = { url: '/company' };
	const company = await readCompany.call(this, request);
	const { paycode } = fieldsOf(company.configurations);
	if (paycode === false) {
		const hint =
			'At my.sepay.vn, open Company Settings → General and turn on payment codes. Or define the structure here.';
		throw parameterError(context, 'Payment codes', 'turned on at SePay', hint);
	}
	return paymentCodeFormatsOf(this, request, company);
}

const customStructureOption = { name: 'Define Below', value: 'custom' };

/** A workflow may hold either, whatever its Authentication shows. */
const structure = (options: INodePropertyOptions[]) =>
	option(
		'codeStructure',
		['company', 'custom'],
		'How to build the code. SePay recognizes codes that match its own settings.',
		{ displayName: 'Structure', options, default: options[0].value },
	);

const form: OperationForm = {
	value: 'generateCode',
	action: 'Generate a payment code',
	description:
		'Generate a random payment code for an order, in the format that SePay recognizes. No two codes in a run are the same.',
	main: [
		...showFor(whenAuthenticatedBy('oAuth2'), [
			structure([
				{
					name: 'As Configured at SePay',
					value: 'company',
					description: "Use one of the company's payment code formats. Requires the scope company.",
				},
				customStructureOption,
			]),
		]),
		...showFor(whenAuthenticatedBy('apiToken'), [structure([customStructureOption])]),
		text(
			'prefix',
			'The letters that the code starts with. Leave empty to use the prefix of the first active format at SePay.',
			{ placeholder: 'e.g. DH' },
		),
		...showFor({ codeStructure: ['custom'] }, [
			option(
				'characterType',
				[],
				'The characters after the prefix. Letters and digits that look alike are not used.',
				{ displayName: 'Suffix Characters', options: characterTypes, default: 'NumberOnly' },
			),
			wholeBetween(1, 30, { default: 8 })('suffixLength', 'Number of characters after the prefix'),
		]),
	],
	options: [
		textList(
			'usedCodes',
			'Codes of open orders, separated by commas or as a list. The node generates none of them again.',
			{ displayName: 'Codes in Use', placeholder: 'e.g. DH10423377, DH88213004' },
		),
	],
};

const toOutput = outputOf({ code: from('code', asSentText), prefix: from('prefix', asSentText) });

export const generateCode = declareCustom(form, toOutput, async function () {
	const taken = new Set<string>();
	let formats: Promise<IDataObject[]> | undefined;
	const generate = perItem(async function (item) {
		const { usedCodes = [], ...given } = readForm(item, form);
		for (const one of (usedCodes as string[]).map(normalizeCode).filter(Boolean)) taken.add(one);
		const structure =
			given.codeStructure === 'custom'
				? customStructure(item, given)
				: companyStructure(item, given, await (formats ??= readFormats.call(this, item)));
		const code = generateUniqueCode(item, structure, taken);
		return { json: toOutput({ code, prefix: structure.prefix }) };
	});
	return await generate.call(this);
});
