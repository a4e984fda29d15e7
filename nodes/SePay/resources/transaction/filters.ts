import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { dayDescription } from '../../../shared/operations/descriptions';
import {
	fieldType,
	flagAsNumber,
	local,
	range,
	readForm,
	search,
	showFor,
	text,
	vietnamDate,
	vnd,
	type Field,
} from '../../../shared/operations/fields';
import { UUID_EXAMPLE } from '../../../shared/operations/locators';
import { isTokenAuth, whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { codeReader, isPaymentCode, readMemo } from '../../../shared/sePay/paymentCodes';
import { transferType } from '../../../shared/sePay/paymentFilters';
import type { Transaction } from '../../../shared/sePay/transaction';
import { normalizeCode } from '../../../shared/values';
import { amountRange, fromDay, id, toDay } from '../../fields';
import { parseSePayId } from '../../../shared/sePay/locators';

export const bankAccount = id('bankAccountId', 'getBankAccounts')(
	'bank_account_id',
	'Return only transactions of this bank account',
);

const EXACTLY = 'Return only transactions of exactly this amount, in whole VND';

const shared = [
	bankAccount,
	text('reference_number', 'Return only transactions with this bank reference', {
		placeholder: 'e.g. FT25056123456',
	}),
];

const underOAuth2 = [
	...shared,
	fieldType('string', (_context, _displayName, value) => normalizeCode(value))(
		'account_number',
		'Return only transactions of the bank account with this number',
		{ placeholder: 'e.g. 0071000888888' },
	),
	vnd('amount_in', EXACTLY),
	vnd('amount_out', EXACTLY),
	...range(
		vietnamDate('from_date', dayDescription('on or after')),
		vietnamDate('to_date', dayDescription('on or before')),
	),
];

const underToken = [
	...shared,
	text('bank_brand_name', 'Return only transactions at the bank with this name', {
		name: 'bank',
		placeholder: 'e.g. Vietcombank',
	}),
	text('transaction_content', 'Return only transactions with this text in their memo', {
		name: 'content',
		displayName: 'Memo Contains',
		placeholder: 'e.g. hoc phi',
	}),
	flagAsNumber('webhook_success', 'Whether the transfer was delivered to a webhook', {
		name: 'delivered',
	}),
	...range(
		fromDay('transaction_date_from', dayDescription('on or after'), { name: 'fromDate' }),
		toDay('transaction_date_to', dayDescription('on or before'), { name: 'toDate' }),
	),
	...amountRange('amount_in', 'Amount In', 'incoming transfers'),
	...amountRange('amount_out', 'Amount Out', 'outgoing transfers'),
	search(
		'Return only transactions with this text in their memo, payment code or reference',
		'e.g. DH1042',
	),
	fieldType('string', parseSePayId, { placeholder: `e.g. ${UUID_EXAMPLE}` })(
		'since_id',
		'Return only transactions after the one with this ID',
		{ displayName: 'Since ID' },
	),
	transferType('Return only transactions in this direction'),
	id('virtualAccountId', 'getVirtualAccounts')(
		'va_id',
		'Return only transactions into this virtual account (VA)',
	),
];

const byAuthentication = (ownUnderOAuth2: Field[] = [], ownUnderToken: Field[] = []): Field[] => [
	...showFor(whenAuthenticatedBy('oAuth2'), [...underOAuth2, ...ownUnderOAuth2]),
	...showFor(whenAuthenticatedBy('apiToken'), [...underToken, ...ownUnderToken]),
];

/** The filters that SePay itself applies. */
export const apiFilters = byAuthentication();

// SePay does not have the next two: the node applies them to the rows it reads.

const paymentCode = local(
	text(
		'code',
		'Return only transactions with this payment code. It is read from the memo as in Payment: Match. If empty, the filter is ignored. SePay has no such filter, so the node reads the whole list: narrow the dates too.',
		{ displayName: 'Payment Code', placeholder: 'e.g. DH1042' },
	),
);

const direction = local(
	transferType(
		'Return only transactions in this direction. SePay has no such filter, so the node reads the whole list: narrow the dates too.',
	),
);

/** The filters of a list of rows. */
export const rowFilters = byAuthentication([paymentCode, direction], [paymentCode]);

/** The filter of transactions by what SePay cannot filter by; undefined when nothing of it is set. */
export function createFilter(
	this: IExecutePaginationFunctions,
): ((transaction: Transaction) => boolean) | undefined {
	const { code, transferType } = readForm(this, { filters: [paymentCode, direction] });
	const sought = normalizeCode(code);
	const codesFor = isPaymentCode(sought) && codeReader([sought]);
	const isFor = (transaction: Transaction) => {
		const sePayCode = normalizeCode(transaction.code);
		if (!codesFor) return sePayCode === sought;
		return codesFor(readMemo(transaction.content), sePayCode).length === 1;
	};
	const wanted = isTokenAuth(this) ? undefined : transferType;
	if (!sought && !wanted) return undefined;
	return (transaction) =>
		(!sought || isFor(transaction)) && (!wanted || transaction.direction === wanted);
}
