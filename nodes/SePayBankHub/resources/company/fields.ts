import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { omitEmpty, simplifyWith, type RequestHook } from '../../../shared/operations/operations';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseBoolean, parseInteger } from '../../../shared/operations/parameterParsers';
import { convertFields, isObject, textOrNull, toVietnamTime } from '../../../shared/values';
import { company, parseText } from '../../parameters';

export const companyId: INodeProperties = { ...company('The company to work on'), required: true };

export const fullName: INodeProperties = {
	displayName: 'Full Name',
	name: 'fullName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Hoa Sen Trading',
	description: 'At most 200 characters; no two companies of yours may have the same',
	routing: { send: { type: 'body', property: 'full_name' } },
};

export const shortName: INodeProperties = {
	displayName: 'Short Name',
	name: 'shortName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Hoa Sen',
	routing: { send: { type: 'body', property: 'short_name' } },
};

const STATUSES = ['Active', 'Cancelled', 'Fraud', 'Pending', 'Suspended', 'Terminated'];

export const status = (statuses = STATUSES): INodeProperties => ({
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: statuses.map((name) => ({ name, value: name })),
	default: 'Active',
	description: 'SePay tells you the transactions of an active company only',
	routing: { send: { type: 'body', property: 'status' } },
});

const suffix = (displayName: string, name: string, property: string, sense: string) => ({
	displayName,
	name,
	type: 'number' as const,
	typeOptions: { minValue: 1 },
	default: 6,
	description: `How many characters follow the prefix at ${sense}`,
	routing: { send: { type: 'body' as const, property } },
});

/** How SePay treats the transactions of a company. */
export const configuration: INodeProperties[] = [
	{
		displayName: 'Payment Code',
		name: 'paymentCode',
		type: 'boolean',
		default: true,
		description: 'Whether SePay looks for payment codes in the texts of transfers',
		routing: { send: { type: 'body', property: 'payment_code' } },
	},
	{
		displayName: 'Payment Code Characters',
		name: 'paymentCodeCharacters',
		type: 'options',
		options: [
			{ name: 'Digits', value: 'NumberOnly' },
			{ name: 'Letters and Digits', value: 'NumberAndLetter' },
		],
		default: 'NumberOnly',
		description: 'What the part of a payment code after the prefix consists of',
		routing: { send: { type: 'body', property: 'payment_code_suffix_character_type' } },
	},
	{
		displayName: 'Payment Code Prefix',
		name: 'paymentCodePrefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. DH',
		description: 'What payment codes begin with: 2 to 5 letters',
		routing: { send: { type: 'body', property: 'payment_code_prefix' } },
	},
	suffix('Payment Code Suffix From', 'paymentCodeSuffixFrom', 'payment_code_suffix_from', 'least'),
	suffix('Payment Code Suffix To', 'paymentCodeSuffixTo', 'payment_code_suffix_to', 'most'),
	{
		displayName: 'Transaction Allowance',
		name: 'transactionAllowance',
		type: 'string',
		default: '',
		placeholder: 'e.g. Unlimited',
		description:
			'How many transactions the company may have: a whole number, or the word Unlimited. At 0, SePay tells you none.',
		routing: { send: { type: 'body', property: 'transaction_amount' } },
	},
];

const UNLIMITED = 'Unlimited';
const LENGTHS = [
	['payment_code_suffix_from', 'Payment Code Suffix From'],
	['payment_code_suffix_to', 'Payment Code Suffix To'],
];

/** Brings the fields of a new or changed company into SePay's form. */
export const validateCompany: RequestHook = function (request) {
	const body = omitEmpty(request.body);
	request.body = body;
	if ('full_name' in body) body.full_name = parseText(this, 'Full Name', body.full_name, 200);
	if ('payment_code' in body) {
		body.payment_code = parseBoolean(this, 'Payment Code', body.payment_code) ? 'on' : 'off';
	}
	const { payment_code_prefix: prefix } = body;
	if (prefix !== undefined && !/^[A-Za-z]{2,5}$/.test(String(prefix))) {
		throw parameterError(
			this,
			'Payment Code Prefix',
			'2 to 5 letters',
			`It is "${String(prefix)}".`,
		);
	}
	for (const [field, displayName] of LENGTHS) {
		if (field in body) body[field] = parseInteger(this, displayName, body[field], 1);
	}
	const { payment_code_suffix_from: from, payment_code_suffix_to: to } = body;
	if (from! > to!) {
		const span = `They are ${String(from)} and ${String(to)}.`;
		throw parameterError(this, 'Payment Code Suffix From', 'at most Payment Code Suffix To', span);
	}
	const { transaction_amount: allowance = UNLIMITED } = body;
	if (allowance !== UNLIMITED) {
		const name = 'Transaction Allowance';
		body.transaction_amount = parseInteger(this, name, allowance, 0, `, or ${UNLIMITED}`);
	}
};

/** The company as the Simplify parameter wants it. */
export const toCompany = simplifyWith((row) => {
	const { active } = convertFields(row, { numbers: [], flags: ['active'] });
	return {
		xid: row.xid,
		fullName: textOrNull(row.full_name),
		status: textOrNull(row.status),
		active,
		...(isObject(row.configuration) && simplifyConfiguration(row.configuration)),
		createdAt: toVietnamTime(row.created_at),
		updatedAt: toVietnamTime(row.updated_at),
	};
});

function simplifyConfiguration(configuration: IDataObject): IDataObject {
	const { payment_code, ...fields } = convertFields(configuration, {
		numbers: ['payment_code_suffix_from', 'payment_code_suffix_to', 'transaction_amount'],
		flags: [],
	});
	return {
		paymentCode:
			payment_code === 'on' || (payment_code === 'off' ? false : textOrNull(payment_code)),
		paymentCodePrefix: textOrNull(fields.payment_code_prefix),
		paymentCodeSuffixFrom: fields.payment_code_suffix_from,
		paymentCodeSuffixTo: fields.payment_code_suffix_to,
		paymentCodeCharacters: textOrNull(fields.payment_code_suffix_character_type),
		transactionAllowance: fields.transaction_amount,
		dataStorageTime: textOrNull(fields.data_storage_time),
	};
}
