import type { IDataObject } from 'n8n-workflow';
import { contains, normalizeCode } from '../values';
import { convertTransaction, directionOf } from './transactions';

/**
 * Which transactions are wanted, as plain data; what is absent does not matter. Amounts are VND; texts
 * are compared as {@link normalizeCode} does.
 */
export interface TransactionFilters {
	bankAccountIds?: string[];
	accountNumber?: string;
	direction?: 'in' | 'out';
	minAmount?: number;
	maxAmount?: number;
	/** Payment code, `*` for any characters. */
	code?: string;
	/** Part of the memo. */
	content?: string;
}

function matchesPattern(pattern: string, text: string): boolean {
	const parts = pattern
		.split('*')
		.map((part) => normalizeCode(part).replace(/[^\p{L}\p{N}]/gu, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 's').test(normalizeCode(text));
}

/** The query of those filters that SePay itself has. */
export function toQuery({ bankAccountIds, accountNumber }: TransactionFilters): IDataObject {
	return {
		...(bankAccountIds?.length === 1 && { bank_account_id: bankAccountIds[0] }),
		...(accountNumber && { account_number: normalizeCode(accountNumber) }),
	};
}

/** Whether a row of `GET /transactions` is wanted. An amount that cannot be read passes, not to be lost. */
export function matchesFilters(filters: TransactionFilters, row: IDataObject): boolean {
	const { bankAccountIds, accountNumber, direction, minAmount, maxAmount, code, content } = filters;
	const { amount_in, amount_out } = convertTransaction(row);
	const rowDirection = directionOf(row);
	const amount = Number(rowDirection === 'in' ? amount_in : amount_out);
	return (
		(!bankAccountIds?.length || bankAccountIds.includes(String(row.bank_account_id))) &&
		(!accountNumber || normalizeCode(row.account_number) === normalizeCode(accountNumber)) &&
		(!direction || rowDirection === direction) &&
		!(minAmount !== undefined && amount < minAmount) &&
		!(maxAmount !== undefined && amount > maxAmount) &&
		(!code || matchesPattern(code, String(row.code ?? ''))) &&
		(!content || contains(row.transaction_content, content))
	);
}
