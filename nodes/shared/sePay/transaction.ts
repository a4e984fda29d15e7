import type { IDataObject } from 'n8n-workflow';
import {
	always,
	asInteger,
	asSent,
	asSentText,
	asText,
	from,
	orString,
	outputOf,
} from '../operations/output';
import {
	contains,
	isExactInteger,
	normalizeCode,
	textAsSent,
	textOrNull,
	toExactNumber,
	toVietnamTime,
} from '../values';

/** A transfer, whichever API told of it; each parser reads it once, where it comes in. */
export type Transaction = {
	/** The ID that its source has for it; empty when it has none, 0 for a test send of a webhook. */
	id: string;
	/** Money received or sent; null when the source says neither. */
	direction: 'in' | 'out' | null;
	/** Whole VND; what cannot be read exactly as it came, so that no money is hidden. */
	amount: number | string | null;
	/** ISO 8601 with `+07:00`; what is no time as it came. */
	date: string | null;
	/** The ID of the bank account at SePay or Bank Hub; a webhook has none. */
	bankAccountId: string | null;
	accountNumber: string | null;
	/** The sub-account or virtual account (VA) paid into. */
	subAccount: string | null;
	bank: string | null;
	content: string | null;
	/** The payment code that SePay read. */
	code: string | null;
	reference: string | null;
	/** VND after the transfer, as `amount`. */
	balance: number | string | null;
	/** As the source sent it, with its numbers as numbers. */
	raw: IDataObject;
};

type Found = Pick<Transaction, 'raw' | 'direction'> & Record<keyof Transaction, unknown>;

const amountIn = (value: unknown) =>
	typeof value === 'number' ? value : textAsSent(value) || null;

/** The transaction of what a parser found; what is absent or empty is null. */
export const createTransaction = (found: Found): Transaction => ({
	id: String(found.id ?? ''),
	direction: found.direction,
	amount: amountIn(found.amount),
	date: toVietnamTime(found.date),
	bankAccountId: textOrNull(found.bankAccountId),
	accountNumber: textOrNull(found.accountNumber),
	subAccount: textOrNull(found.subAccount),
	bank: textOrNull(found.bank),
	content: textOrNull(found.content),
	code: textOrNull(found.code),
	reference: textOrNull(found.reference),
	balance: amountIn(found.balance),
	raw: found.raw,
});

const withNumbers = asSent({
	id: asInteger,
	bank_account_id: asInteger,
	amount_in: asInteger,
	amount_out: asInteger,
	accumulated: asInteger,
});

/** A row of `GET /transactions`, of either API; of its two amounts exactly one is above zero. */
export function fromList(row: IDataObject): Transaction {
	const raw = withNumbers(row);
	const direction = Number(raw.amount_out) > 0 ? 'out' : 'in';
	return createTransaction({
		raw,
		direction,
		id: raw.id,
		amount: direction === 'in' ? raw.amount_in : raw.amount_out,
		date: raw.transaction_date,
		bankAccountId: raw.bank_account_id,
		accountNumber: raw.account_number,
		subAccount: raw.sub_account ?? raw.va,
		bank: raw.bank_brand_name,
		content: raw.transaction_content,
		code: raw.code,
		reference: raw.reference_number,
		balance: raw.accumulated,
	});
}

const WEBHOOK_TEXTS = [
	'gateway',
	'transactionDate',
	'accountNumber',
	'subAccount',
	'code',
	'content',
	'description',
	'referenceCode',
];

/**
 * The transaction in the fields of a delivery, or in words why there is none: nothing that could start
 * a workflow with the wrong money is taken (reference: "Payload").
 *
 * @param uuid its ID when it has no number, since it was listed with an API token
 */
export function fromWebhook(fields: IDataObject, uuid?: string): Transaction | string {
	const id = uuid ?? toExactNumber(fields.id);
	const amount = toExactNumber(fields.transferAmount);
	const accumulated = toExactNumber(fields.accumulated);
	const direction = textAsSent(fields.transferType)?.toLowerCase();
	if (!uuid && (!isExactInteger(id) || id < 0)) return 'id is not a whole number';
	if (direction !== 'in' && direction !== 'out') return 'transferType is neither in nor out';
	if (!isExactInteger(amount) || amount < 0 || (amount === 0 && id !== 0)) {
		return 'transferAmount is not a whole number above zero';
	}
	const texts = WEBHOOK_TEXTS.map((name) => [name, textAsSent(fields[name])] as const);
	const balance = isExactInteger(accumulated) ? accumulated : null;
	const raw: IDataObject = {
		...fields,
		...Object.fromEntries(texts),
		id,
		transferType: direction,
		transferAmount: amount,
		accumulated: balance,
	};
	return createTransaction({
		raw,
		id,
		direction,
		amount,
		date: raw.transactionDate,
		bankAccountId: null,
		accountNumber: raw.accountNumber,
		subAccount: raw.subAccount,
		bank: raw.gateway,
		content: raw.content,
		code: raw.code,
		reference: raw.referenceCode,
		balance,
	});
}

/** A transaction in any of the forms that the nodes put out, simplified or as its source sends it. */
export function fromItem(json: IDataObject): Transaction {
	const sent = json.direction ?? json.transferType ?? json.transfer_type;
	const isOut = ['out', 'debit'].includes(String(sent)) || Number(json.amount_out) > 0;
	return createTransaction({
		raw: json,
		id: json.id ?? json.transaction_id,
		direction: isOut ? 'out' : 'in',
		amount: json.amount ?? json.transferAmount ?? (isOut ? json.amount_out : json.amount_in),
		date: json.date ?? json.transactionDate ?? json.transaction_date,
		bankAccountId: json.bankAccountXid ?? json.bank_account_xid ?? json.bank_account_id,
		accountNumber: json.accountNumber ?? json.account_number,
		subAccount: json.subAccount ?? json.sub_account ?? json.va,
		bank: json.bank ?? json.gateway ?? json.bank_brand_name ?? json.brand_name,
		content: json.content ?? json.transaction_content,
		code: json.code ?? json.payment_code,
		reference: json.reference ?? json.referenceCode ?? json.reference_number,
		balance: json.balance ?? json.accumulated,
	});
}

/** What every SePay node tells of a transaction. */
export const transactionColumns = {
	id: from('id', orString(asInteger)),
	direction: from('direction', asSentText),
	amount: from('amount', asInteger),
	currency: always('VND'),
	date: from('date', asText),
	accountNumber: from('accountNumber', asText),
	bank: from('bank', asText),
	content: from('content', asText),
	code: from('code', asText),
	reference: from('reference', asText),
	subAccount: from('subAccount', asText),
};

/** The small flat form that every SePay node gives a transaction. */
export const simplify = outputOf({ ...transactionColumns, balance: from('balance', asInteger) });

/** Puts transactions in order of time, those of one second by their IDs; UUIDs, which have no order, stay. */
export function compareByTime(a: Transaction, b: Transaction): number {
	const [first, second] = [String(a.date), String(b.date)];
	if (first !== second) return first < second ? -1 : 1;
	return Number(a.id) - Number(b.id) || 0;
}

/**
 * Which transactions are wanted, as plain data; what is absent or an empty list does not matter.
 * Amounts are VND; texts are compared as {@link normalizeCode} does.
 */
export interface TransactionFilters {
	bankAccountIds?: string[];
	accountNumber?: string;
	accountNumbers?: string[];
	subAccounts?: string[];
	/** The number of the bank account or of the virtual account (VA) paid into. */
	paidInto?: string;
	direction?: 'in' | 'out';
	minAmount?: number;
	maxAmount?: number;
	/** Payment code, `*` for any characters. */
	code?: string;
	content?: string;
}

/** Whether a transaction is wanted. An amount that cannot be read passes, not to be lost. */
export function matches(filters: TransactionFilters, transaction: Transaction): boolean {
	const { bankAccountIds, accountNumber, accountNumbers, subAccounts, paidInto } = filters;
	const { direction, minAmount, maxAmount, code, content } = filters;
	const amount = Number(transaction.amount);
	return (
		(!bankAccountIds?.length || bankAccountIds.includes(String(transaction.bankAccountId))) &&
		(!accountNumber || isListed([accountNumber], transaction.accountNumber)) &&
		(!accountNumbers?.length || isListed(accountNumbers, transaction.accountNumber)) &&
		(!subAccounts?.length || isListed(subAccounts, transaction.subAccount)) &&
		(!paidInto ||
			isListed([paidInto], transaction.accountNumber) ||
			isListed([paidInto], transaction.subAccount)) &&
		(!direction || transaction.direction === direction) &&
		!(minAmount !== undefined && amount < minAmount) &&
		!(maxAmount !== undefined && amount > maxAmount) &&
		(!code || matchesPattern(code, transaction.code)) &&
		(!content || contains(transaction.content, content))
	);
}

const isListed = (numbers: string[], number: string | null) =>
	numbers.map(normalizeCode).includes(normalizeCode(number));

function matchesPattern(pattern: string, text: string | null): boolean {
	const parts = pattern
		.split('*')
		.map((part) => normalizeCode(part).replace(/[^\p{L}\p{N}]/gu, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 's').test(normalizeCode(text));
}
