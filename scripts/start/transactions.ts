import { formatTable, type Column } from './table';

const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
const vnd = (value: unknown) => Number(value).toLocaleString('en-US');

const columns: Column[] = [
	{ title: 'ID', text: ({ id }) => text(id) },
	{ title: 'Date', text: ({ date }) => text(date).slice(0, 16).replace('T', ' ') },
	{ title: 'Bank', text: ({ bank }) => text(bank) },
	{ title: 'Account', text: ({ accountNumber }) => text(accountNumber) },
	{
		title: 'Amount (VND)',
		text: ({ direction, amount }) => `${direction === 'out' ? '−' : '+'}${vnd(amount)}`,
		align: 'right',
	},
	{ title: 'Code', text: ({ code }) => text(code) },
	{ title: 'Content', text: ({ content }) => text(content), max: 44 },
];

/** Whether an item is a transaction as the SePay node simplifies it. */
export function isTransaction(json: Record<string, unknown>): boolean {
	return 'amount' in json && 'direction' in json && 'accountNumber' in json;
}

/** Transactions as the SePay node simplifies them, as lines of text. */
export function transactionTable(transactions: Array<Record<string, unknown>>): string {
	return formatTable(columns, transactions);
}
