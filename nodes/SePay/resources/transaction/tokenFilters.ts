import { dayFilter } from '../../../shared/descriptions';
import { UUID_EXAMPLE, locator } from '../../../shared/locators';
import {
	amountFilter,
	choiceFilter,
	dayLimit,
	flagFilter,
	listFilter,
	sorting,
	textFilter,
	type ListFilter,
} from '../../listFilters';
import { idFrom } from '../../parameters';

/** Narrows a list to one bank account. */
export const bankAccountFilter = listFilter(
	'bank_account_id',
	locator(
		'Bank Account',
		'bankAccountId',
		'getBankAccounts',
		'Only transactions of this bank account',
	),
	idFrom,
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
	dayLimit(dayFilter('From Date', 'fromDate', 'transaction_date_from', 'from'), '00:00:00'),
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
		idFrom,
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
	dayLimit(dayFilter('To Date', 'toDate', 'transaction_date_to', 'until'), '23:59:59'),
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
		idFrom,
	),
];

/** In which order SePay lists with an API token. */
export const tokenSorting: ListFilter[] = [
	sorting('amount_in_sort', 'Amount In', 'amountInSort'),
	sorting('amount_out_sort', 'Amount Out', 'amountOutSort'),
	sorting('transaction_date_sort', 'Date', 'dateSort'),
];
