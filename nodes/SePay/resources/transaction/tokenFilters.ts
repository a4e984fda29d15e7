import { dateFilter } from '../../../shared/operations/descriptions';
import {
	amountFilter,
	choiceFilter,
	dateTimeFilter,
	flagFilter,
	listFilter,
	sortFilter,
	textFilter,
	type ListFilter,
} from '../../../shared/operations/listFilters';
import { locator, UUID_EXAMPLE } from '../../../shared/operations/locators';
import { parseSePayId } from '../../parameters';

/** Narrows a list to one bank account. */
export const bankAccountFilter = listFilter(
	'bank_account_id',
	locator(
		'Bank Account',
		'bankAccountId',
		'getBankAccounts',
		'Only transactions of this bank account',
	),
	parseSePayId,
);

/** The filters that SePay applies with an API token. */
export const tokenFilters: ListFilter[] = [
	textFilter(
		'bank_brand_name',
		'Bank',
		'bank',
		'e.g. Vietcombank',
		'Only transactions at the bank with this name',
	),
	bankAccountFilter,
	textFilter(
		'transaction_content',
		'Content Contains',
		'content',
		'e.g. hoc phi',
		'Only transactions with this text in their memo',
	),
	flagFilter(
		'webhook_success',
		'Delivered',
		'delivered',
		'Whether to return transactions that SePay has delivered to a webhook or those that it has not',
	),
	dateTimeFilter(dateFilter('From Date', 'fromDate', 'transaction_date_from', 'from'), '00:00:00'),
	amountFilter(
		'amount_in_max',
		'Largest Amount In',
		'maxAmountIn',
		'Only transactions that brought at most this amount',
	),
	amountFilter(
		'amount_out_max',
		'Largest Amount Out',
		'maxAmountOut',
		'Only transactions that took at most this amount',
	),
	textFilter(
		'reference_number',
		'Reference Number',
		'referenceNumber',
		'e.g. FT25056123456',
		'Only transactions with this reference of the bank',
	),
	textFilter(
		'q',
		'Search',
		'search',
		'e.g. DH1042',
		'Only transactions with this in their memo, payment code or reference',
	),
	listFilter(
		'since_id',
		{
			displayName: 'Since ID',
			name: 'sinceId',
			type: 'string',
			default: '',
			placeholder: `e.g. ${UUID_EXAMPLE}`,
			description: 'Only transactions that came after the one with this ID',
		},
		parseSePayId,
	),
	amountFilter(
		'amount_in_min',
		'Smallest Amount In',
		'minAmountIn',
		'Only transactions that brought at least this amount',
	),
	amountFilter(
		'amount_out_min',
		'Smallest Amount Out',
		'minAmountOut',
		'Only transactions that took at least this amount',
	),
	dateTimeFilter(dateFilter('To Date', 'toDate', 'transaction_date_to', 'until'), '23:59:59'),
	choiceFilter(
		'transfer_type',
		'Transfer Type',
		'transferType',
		[
			{ name: 'Money In', value: 'in' },
			{ name: 'Money Out', value: 'out' },
		],
		'Only transactions in this direction',
	),
	listFilter(
		'va_id',
		locator(
			'Virtual Account',
			'virtualAccountId',
			'getVirtualAccounts',
			'Only transactions into this virtual account (VA)',
		),
		parseSePayId,
	),
];

/** In which order SePay lists with an API token. */
export const tokenSorting: ListFilter[] = [
	sortFilter('amount_in_sort', 'Amount In', 'amountInSort'),
	sortFilter('amount_out_sort', 'Amount Out', 'amountOutSort'),
	sortFilter('transaction_date_sort', 'Date', 'dateSort'),
];
