import { randomInt } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { onlyUnder } from '../../../shared/authentication';
import { collectionOf, type Operation } from '../../../shared/descriptions';
import { eachItem, invalid, type InputItem, type Place } from '../../../shared/exchange';
import { idsIn } from '../../../shared/locators';
import { codeFormatsIn } from '../../../shared/paymentCodes';
import { squeeze } from '../../../shared/values';
import { formatsOf, readCompany } from '../company/company';

/** How codes are built: a prefix of capital letters and a suffix of that many characters. */
interface Structure {
	prefix: string;
	length: number;
	digitsOnly: boolean;
}

const DIGITS = '0123456789';
/** Without what is taken for one another (0 and O, 1 and I and L), and without vowels: no words. */
const CLEAR_DIGITS = '23456789';
const CLEAR = `${CLEAR_DIGITS}BCDFGHJKMNPQRSTVWXZ`;
/** A suffix is not longer than this of itself: people may have to type it. */
const LONG_ENOUGH = 10;
/** How many codes are drawn before it is said that none is free. */
const TRIES = 1000;

/**
 * The characters at each place of a suffix. A number does not begin with 0, which gets lost; one with
 * letters begins and ends with a digit, so that prefix and words around it stay apart from it.
 */
function alphabets({ length, digitsOnly }: Structure): string[] {
	return Array.from({ length }, (_, place) => {
		if (digitsOnly) return place === 0 ? DIGITS.slice(1) : DIGITS;
		return place === 0 || place === length - 1 ? CLEAR_DIGITS : CLEAR;
	});
}

/** A new code that neither begins as a taken one does nor the other way round; it is taken then. */
function newCode(place: Place, structure: Structure, taken: Set<string>): string {
	const places = alphabets(structure);
	const possible = places.reduce((count, { length }) => count * length, 1);
	// Half of them stay free, so that a mistyped code is hardly ever that of another order.
	if (taken.size >= possible / 2) {
		const wayOut = `Of ${possible} codes with ${structure.prefix} and ${structure.length} characters half are taken. Make the suffix longer.`;
		throw invalid(place, 'Suffix', 'long enough for so many codes', wayOut);
	}
	for (let tried = 0; tried < TRIES; tried++) {
		const suffix = places.map((letters) => letters[randomInt(letters.length)]).join('');
		const code = structure.prefix + suffix;
		const isFree = [...taken].every((one) => !one.startsWith(code) && !code.startsWith(one));
		if (isFree) {
			taken.add(code);
			return code;
		}
	}
	const wayOut = `Nearly every code with ${structure.prefix} and ${structure.length} characters begins as one of them does, or the other way round.`;
	throw invalid(place, 'Codes in Use', 'such that other codes are free', wayOut);
}

/** The structure that the parameters describe. */
function customStructure(item: InputItem): Structure {
	const prefix = squeeze(item.parameter('prefix'));
	if (!/^[A-Z]{2,10}$/.test(prefix)) {
		throw invalid(
			item,
			'Prefix',
			'2 to 10 letters',
			`It is "${String(item.parameter('prefix'))}".`,
		);
	}
	const length = Number(item.parameter('suffixLength'));
	if (!Number.isInteger(length) || length < 1 || length > 30) {
		throw invalid(item, 'Suffix Length', 'a whole number from 1 to 30', `It is "${length}".`);
	}
	return { prefix, length, digitsOnly: item.parameter('characterType') === 'NumberOnly' };
}

/** The company's structure with the prefix, or the first one that is active. */
function companyStructure(item: InputItem, formats: IDataObject[]): Structure {
	const sought = squeeze(item.parameter('prefix'));
	const active = codeFormatsIn(formats);
	const format = active.find(({ prefix }) => !sought || prefix === sought);
	if (!format) {
		const prefixes = active.map(({ prefix }) => prefix).join(', ') || 'none';
		const wayOut = `SePay looks for the codes of these: ${prefixes}. Change that with Company: Update.`;
		throw invalid(item, 'Prefix', 'that of an active payment code format', wayOut);
	}
	const { prefix, shortest, longest, digitsOnly } = format;
	return { prefix, length: Math.min(longest, Math.max(shortest, LONG_ENOUGH)), digitsOnly };
}

/** The formats of the company. */
async function readFormats(this: IExecuteFunctions, place: Place): Promise<IDataObject[]> {
	const request = { url: '/company' };
	const company = await readCompany.call(this, request);
	const { paycode } = (company.configurations ?? {}) as IDataObject;
	if (paycode === false) {
		const wayOut =
			'At my.sepay.vn open Company settings, General, and switch payment codes on; or define the structure here.';
		throw invalid(place, 'Payment codes', 'switched on at SePay', wayOut);
	}
	return formatsOf(this, request, company);
}

const ownStructure = { name: 'Defined Below', value: 'custom' };

const structure = {
	displayName: 'Structure',
	name: 'codeStructure',
	type: 'options' as const,
	description: 'How the code is built; SePay recognizes codes built as set there',
};

export const generateCode: Operation = {
	option: {
		name: 'Generate Code',
		value: 'generateCode',
		action: 'Generate a payment code',
		description:
			'Make a random payment code for an order, built as SePay recognizes it, and different from the others of this run',
	},
	properties: [
		onlyUnder('oAuth2', {
			...structure,
			options: [
				{
					name: 'As Set at SePay',
					value: 'company',
					description: "One of the company's payment code formats; needs the scope company",
				},
				ownStructure,
			],
			default: 'company',
		}),
		onlyUnder('apiToken', { ...structure, options: [ownStructure], default: 'custom' }),
		{
			displayName: 'Prefix',
			name: 'prefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. DH',
			description:
				'The letters that the code begins with; left empty, those of the first active format at SePay',
		},
		{
			displayName: 'Suffix Characters',
			name: 'characterType',
			type: 'options',
			displayOptions: { show: { codeStructure: ['custom'] } },
			options: [
				{ name: 'Digits', value: 'NumberOnly' },
				{ name: 'Letters and Digits', value: 'NumberAndLetter' },
			],
			default: 'NumberOnly',
			description: 'What follows the prefix. Letters and digits that look alike are left out.',
		},
		{
			displayName: 'Suffix Length',
			name: 'suffixLength',
			type: 'number',
			displayOptions: { show: { codeStructure: ['custom'] } },
			typeOptions: { minValue: 1, maxValue: 30 },
			default: 8,
			description: 'How many characters follow the prefix',
		},
		collectionOf('Options', 'options', 'Add option', [
			{
				displayName: 'Codes in Use',
				name: 'usedCodes',
				type: 'string',
				default: '',
				placeholder: 'e.g. DH10423377, DH88213004',
				description:
					'Codes of open orders, separated by commas or as a list; none of them comes again',
			},
		]),
	],
	async run() {
		const taken = new Set<string>();
		let formats: Promise<IDataObject[]> | undefined;
		const generate = eachItem(async function (item) {
			const used = idsIn(item.parameter('options.usedCodes', '')).map(squeeze).filter(Boolean);
			for (const one of used) taken.add(one);
			const structure =
				item.parameter('codeStructure') === 'custom'
					? customStructure(item)
					: companyStructure(item, await (formats ??= readFormats.call(this, item)));
			return { json: { code: newCode(item, structure, taken), prefix: structure.prefix } };
		});
		return await generate.call(this);
	},
};
