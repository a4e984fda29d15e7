import { MONEY_OUT_BANKS } from '../accounts';
import type { Data, Transaction, Webhook } from '../model';

function wantsDirection(hook: Webhook, transaction: Transaction, data: Data): boolean {
	if (transaction.amount_in > 0) return hook.event_type !== 'Out_only';
	const account = data.bankAccounts.find(({ id }) => id === transaction.bank_account_id);
	return hook.event_type !== 'In_only' && MONEY_OUT_BANKS.includes(account?.bank.short_name ?? '');
}

function wantsAccount(hook: Webhook, transaction: Transaction): boolean {
	if (hook.bank_mode === 'all') return true;
	return hook.bank_mode === 'single'
		? hook.bank_account_id === transaction.bank_account_id
		: hook.bank_account_ids.includes(transaction.bank_account_id);
}

function wantsVirtualAccount(hook: Webhook, transaction: Transaction, data: Data): boolean {
	if (!transaction.sub_account) return !hook.only_va;
	if (hook.only_va || hook.va_mode === 'list') {
		const sub = data.subAccounts.find(
			({ account_number }) => account_number === transaction.sub_account,
		);
		return sub !== undefined && hook.bank_sub_account_ids.includes(sub.id);
	}
	return hook.va_mode === 'all';
}

function wantsCode(hook: Webhook, { code }: Transaction): boolean {
	if (code === null) return !hook.skip_if_no_code && hook.prefix_filters.length === 0;
	return (
		hook.prefix_filters.length === 0 ||
		hook.prefix_filters.some((prefix) => code.startsWith(prefix))
	);
}

/** Whether a transaction is sent to a webhook. */
export function isWanted(hook: Webhook, transaction: Transaction, data: Data): boolean {
	return (
		hook.active &&
		wantsDirection(hook, transaction, data) &&
		wantsAccount(hook, transaction) &&
		wantsVirtualAccount(hook, transaction, data) &&
		wantsCode(hook, transaction)
	);
}
