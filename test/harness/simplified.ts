import type { Transaction } from '../sandbox';

/** What Simplify makes of a transaction at SePay, whichever node puts it out. */
export function simplifiedTransaction(row: Transaction) {
	return {
		id: row.id,
		direction: row.amount_in > 0 ? 'in' : 'out',
		amount: row.amount_in + row.amount_out,
		currency: 'VND',
		date: `${row.transaction_date.replace(' ', 'T')}+07:00`,
		accountNumber: row.account_number,
		bank: row.bank_brand_name,
		content: row.transaction_content,
		code: row.code,
		reference: row.reference_number,
		subAccount: row.sub_account,
		balance: row.accumulated,
	};
}
