import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { onlyUnder, usesToken } from '../../../shared/authentication';
import { assertOrder, dayOf, wholeVnd } from '../../../shared/checks';
import { collectionOf, dayFilter } from '../../../shared/descriptions';
import { codeReader, isCode, readMemo } from '../../../shared/paymentCodes';
import { directionOf } from '../../../shared/transactions';
import { squeeze } from '../../../shared/values';
import { dropEmptyFilters, type Keep, type Prepare } from '../../exchanges';
import { checkedBy, filterCollection } from '../../listFilters';
import { idFrom } from '../../parameters';
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
	dayFilter('From Date', 'fromDate', 'from_date', 'from'),
	{
		displayName: 'Reference Number',
		name: 'referenceNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. FT25056123456',
		description: 'Only transactions with this reference of the bank',
		routing: { send: { type: 'query', property: 'reference_number' } },
	},
	dayFilter('To Date', 'toDate', 'to_date', 'until'),
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
	onlyUnder(
		'oAuth2',
		collectionOf('Filters', 'filters', 'Add Filter', [...apiFilters, ...underOAuth2]),
	),
	onlyUnder('apiToken', filterCollection(tokenFilters, underToken)),
];

/** Brings the filters in the query into SePay's form: days, whole amounts, IDs; empty ones go. */
export const checkFilters: Prepare = function (request) {
	if (usesToken(this)) return checkedBy(tokenFilters).call(this, request);
	dropEmptyFilters.call(this, request);
	const qs = request.qs!;
	if ('bank_account_id' in qs)
		qs.bank_account_id = idFrom(this, 'Bank Account', qs.bank_account_id);
	if ('account_number' in qs) qs.account_number = squeeze(qs.account_number);
	if ('from_date' in qs) qs.from_date = dayOf(this, 'From Date', qs.from_date);
	if ('to_date' in qs) qs.to_date = dayOf(this, 'To Date', qs.to_date);
	if ('amount_in' in qs) qs.amount_in = wholeVnd(this, 'Amount In', qs.amount_in);
	if ('amount_out' in qs) qs.amount_out = wholeVnd(this, 'Amount Out', qs.amount_out);
	assertOrder(this, ['From Date', qs.from_date], ['To Date', qs.to_date]);
};

/** The check of a row by the filters that SePay does not have; undefined when none is set. */
export function rowFilter(this: IExecutePaginationFunctions): Keep | undefined {
	const { code, transferType } = this.getNodeParameter('filters', {}) as IDataObject;
	const sought = squeeze(code);
	const codesFor = isCode(sought) && codeReader([sought]);
	const isFor = (row: IDataObject) =>
		codesFor
			? codesFor(readMemo(row.transaction_content), squeeze(row.code)).length === 1
			: squeeze(row.code) === sought;
	const direction = usesToken(this) ? undefined : transferType;
	if (!sought && !direction) return undefined;
	return (row) => (!sought || isFor(row)) && (!direction || directionOf(row) === direction);
}
