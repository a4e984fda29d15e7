import type { IDataObject } from 'n8n-workflow';
import { collectionParameter } from '../../../shared/operations/descriptions';
import {
	fieldType,
	flag,
	local,
	option,
	text,
	toParameters,
	wholeBetween,
} from '../../../shared/operations/fields';
import { parameterError, type ItemContext } from '../../../shared/operations/parameterError';
import { callSePay } from '../../../shared/sePay/oAuth2Api';
import { characterTypes } from '../../../shared/sePay/paymentCodes';
import { withLock } from '../../../shared/transport/mutex';
import { fieldsOf, isObject } from '../../../shared/values';
import { declare } from '../../operations';
import {
	convertFormat,
	paymentCodeFormatsOf,
	readCompany,
	toCompany,
	withCompanyFallbackPath,
} from './company';

const suffix = (name: string, displayName: string, initial: number, extreme: string) =>
	wholeBetween(1, 30, { default: initial })(
		name,
		`${extreme} length of the part after the prefix, 1 to 30 characters`,
		{ name, displayName },
	);

const prefix = text('prefix', 'What the payment codes start with: 2 to 10 letters', {
	placeholder: 'e.g. DH',
});

const formatFields = [
	flag('is_active', 'Whether SePay looks for these codes in transfers', {
		name: 'is_active',
		displayName: 'Active',
		default: true,
	}),
	option('character_type', [], 'The characters in the part after the prefix', {
		name: 'character_type',
		displayName: 'Characters',
		options: characterTypes,
		default: 'NumberAndLetter',
	}),
	suffix('suffix_to', 'Longest Suffix', 10, 'Maximum'),
	suffix('suffix_from', 'Shortest Suffix', 3, 'Minimum'),
];

const paymentCodeFormats = fieldType('fixedCollection', parseFormats)(
	'paymentCodeFormats',
	'The formats to add or change. Each one is identified by its prefix.',
	{
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Format' },
		placeholder: 'Add Format',
		default: {},
		required: true,
		options: [
			{
				displayName: 'Format',
				name: 'format',
				values: [
					prefix.parameter,
					collectionParameter('Fields', 'fields', 'Add Field', toParameters(formatFields)),
				],
			},
		],
	},
);

function parseFormats(context: ItemContext, displayName: string, value: unknown): IDataObject[] {
	const given = [value ?? []].flat().filter(isObject);
	if (given.length === 0) {
		throw parameterError(context, displayName, 'filled in', 'Add at least one format.');
	}
	return given.map(({ prefix, fields }) => {
		const code = String(prefix ?? '')
			.trim()
			.toUpperCase();
		if (!/^[A-Z]{2,10}$/.test(code)) {
			throw parameterError(context, 'Prefix', '2 to 10 letters', `It is "${code}".`);
		}
		for (const [name, value] of Object.entries(Object(fields))) {
			if (String(value ?? '').trim() !== '') continue;
			const hint = `The expression for ${name} returned an empty value.`;
			throw parameterError(context, `Fields of ${code}`, 'filled in', hint);
		}
		return { prefix: code, ...fieldsOf(fields) };
	});
}

const NEW_FORMAT = {
	suffix_from: 3,
	suffix_to: 10,
	character_type: 'NumberAndLetter',
	is_active: true,
};

const prefixOf = (format: IDataObject) => String(format.prefix).toUpperCase();

/** The existing formats in their order, changed where a change has the same prefix, then the new ones. */
function mergeFormats(existing: IDataObject[], changes: IDataObject[]): IDataObject[] {
	return changes.reduce<IDataObject[]>((formats, change) => {
		const isChanged = (format: IDataObject) => prefixOf(format) === change.prefix;
		if (!formats.some(isChanged)) return [...formats, { ...NEW_FORMAT, ...change }];
		return formats.map((format) => (isChanged(format) ? { ...format, ...change } : format));
	}, existing);
}

function checkSuffix(context: ItemContext, format: IDataObject): void {
	const { prefix, suffix_from: from, suffix_to: to } = format;
	const [shortest, longest] = [from, to].map(Number);
	const areWhole = Number.isInteger(shortest) && Number.isInteger(longest);
	if (areWhole && 1 <= shortest && shortest <= longest && longest <= 30) return;
	const expected = 'between 1 and Longest Suffix, which is at most 30';
	const hint = `Shortest Suffix is ${String(from)} and Longest Suffix is ${String(to)}.`;
	throw parameterError(context, `Shortest Suffix of ${String(prefix)}`, expected, hint);
}

function toRequest(format: IDataObject): IDataObject {
	const { prefix, suffix_from, suffix_to, character_type, is_active } = format;
	const active = typeof is_active === 'boolean' && { is_active: Number(is_active) };
	return { prefix, suffix_from, suffix_to, character_type, ...active };
}

export const update = declare(
	{
		value: 'update',
		action: 'Update the payment codes of the company',
		description:
			'Add or change payment code formats. Other formats, and fields left out, stay unchanged.',
		main: [local(paymentCodeFormats)],
	},
	{ method: 'PATCH', url: '/company/configurations' },
	async function (request) {
		const given = this.getNodeParameter('paymentCodeFormats.format', []);
		const changes = parseFormats(this, 'Payment Code Formats', given);
		// Read, merge and write must not overlap with another item's, or its change is lost.
		return await withLock('payment code formats', async () => {
			const company = toCompany(await readCompany.call(this, request));
			const existing = paymentCodeFormatsOf(this, request, company);
			const formats = mergeFormats(existing, changes).map(convertFormat);
			const changed = new Set(changes.map(({ prefix }) => prefix));
			for (const format of formats) if (changed.has(prefixOf(format))) checkSuffix(this, format);
			const body = { payment_code_formats: formats.map(toRequest) };
			await withCompanyFallbackPath({ ...request, body }, (write) => callSePay.call(this, write));
			// It has been written: to fail now, for a reading that did not work, would be wrong.
			const configurations = { ...fieldsOf(company.configurations), payment_code_formats: formats };
			const written = { ...company, configurations };
			return [await readCompany.call(this, request).catch(() => written)];
		});
	},
	toCompany,
);
