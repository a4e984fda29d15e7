import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { collectionParameter, dateFilter } from '../../../shared/operations/descriptions';
import { filterCollection, validateFilters } from '../../../shared/operations/listFilters';
import {
	omitEmptyFilters,
	type RequestHook,
	type RowPredicate,
} from '../../../shared/operations/operations';
import { assertRange, parseDate, parseVnd } from '../../../shared/operations/parameterParsers';
import { isTokenAuth, showWhenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { codeReader, isPaymentCode, readMemo } from '../../../shared/sePay/paymentCodes';
import { directionOf } from '../../../shared/sePay/transactions';
import { normalizeCode } from '../../../shared/values';
import { parseSePayId } from '../../parameters';
import { bankAccountFilter, tokenFilters } from './tokenFilters';

const amount = (displayName: string, name: string, property: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	placeholder: 'e.g. 500000',
	description: 'Exactly this amount, in whole VND',
	routing: { send: { type: 'query', property } },
});

/** The filters that SePay itself applies. */
export const apiFilters: INodeProperties[] = [
	{
		displayName: 'Account Number',
		name: 'accountNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0071000888888',
		description: 'Only transactions of the bank account with this number',
		routing: { send: { type: 'query', property: 'account_number' } },
	},
	amount('Amount In', 'amountIn', 'amount_in'),
	amount('Amount Out', 'amountOut', 'amount_out'),
	bankAccountFilter.parameter,
	dateFilter('From Date', 'fromDate', 'from_date', 'from'),
	{
		displayName: 'Reference Number',
		name: 'referenceNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. FT25056123456',
		description: 'Only transactions with this reference of the bank',
		routing: { send: { type: 'query', property: 'reference_number' } },
	},
	dateFilter('To Date', 'toDate', 'to_date', 'until'),
];

// SePay does not have the next two: the node applies them to the rows it reads.

export const paymentCode: INodeProperties = {
	displayName: 'Payment Code',
	name: 'code',
	type: 'string',
	default: '',
	placeholder: 'e.g. DH1042',
	description:
		'Only transactions with this payment code, read from the memo as Payment: Match does; left empty it filters nothing. SePay cannot filter by it: the node reads the list and picks them out, so narrow the dates too.',
};

export const transferType: INodeProperties = {
	displayName: 'Transfer Type',
	name: 'transferType',
	type: 'options',
	options: [
		{ name: 'Money In', value: 'in' },
		{ name: 'Money Out', value: 'out' },
	],
	default: 'in',
	description:
		'Only transactions in this direction. SePay cannot filter by it: the node reads the list and picks them out, so narrow the dates too.',
};

/** The Filters of a list under either Authentication, with those that the node applies. */
export const filterCollections = (
	underOAuth2: INodeProperties[],
	underToken: INodeProperties[],
): INodeProperties[] => [
	showWhenAuthenticatedBy(
		'oAuth2',
		collectionParameter('Filters', 'filters', 'Add Filter', [...apiFilters, ...underOAuth2]),
	),
	showWhenAuthenticatedBy('apiToken', filterCollection(tokenFilters, underToken)),
];

/** Brings the filters in the query into SePay's form: days, whole amounts, IDs; empty ones go. */
export const validateTransactionFilters: RequestHook = function (request) {
	if (isTokenAuth(this)) return validateFilters(tokenFilters).call(this, request);
	omitEmptyFilters.call(this, request);
	const qs = request.qs!;
	if ('bank_account_id' in qs)
		qs.bank_account_id = parseSePayId(this, 'Bank Account', qs.bank_account_id);
	if ('account_number' in qs) qs.account_number = normalizeCode(qs.account_number);
	if ('from_date' in qs) qs.from_date = parseDate(this, 'From Date', qs.from_date);
	if ('to_date' in qs) qs.to_date = parseDate(this, 'To Date', qs.to_date);
	if ('amount_in' in qs) qs.amount_in = parseVnd(this, 'Amount In', qs.amount_in);
	if ('amount_out' in qs) qs.amount_out = parseVnd(this, 'Amount Out', qs.amount_out);
	assertRange(this, ['From Date', qs.from_date], ['To Date', qs.to_date]);
};

/** The check of a row by the filters that SePay does not have; undefined when none is set. */
export function rowFilter(this: IExecutePaginationFunctions): RowPredicate | undefined {
	const { code, transferType } = this.getNodeParameter('filters', {}) as IDataObject;
	const sought = normalizeCode(code);
	const codesFor = isPaymentCode(sought) && codeReader([sought]);
	const isFor = (row: IDataObject) =>
		codesFor
			? codesFor(readMemo(row.transaction_content), normalizeCode(row.code)).length === 1
			: normalizeCode(row.code) === sought;
	const direction = isTokenAuth(this) ? undefined : transferType;
	if (!sought && !direction) return undefined;
	return (row) => (!sought || isFor(row)) && (!direction || directionOf(row) === direction);
}
