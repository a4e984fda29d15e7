import type { IDataObject } from 'n8n-workflow';
import { simplifyWith, type OutputMapper } from '../../../shared/operations/operations';
import { convertFields, isObject, textOrNull, toVietnamTime } from '../../../shared/values';

const whole: OutputMapper = (row) =>
	convertFields(row, { numbers: ['amount', 'paid_amount'], flags: [] });

const simplifyVirtualAccount: OutputMapper = function (row) {
	return {
		vaNumber: textOrNull(row.va_number),
		vaHolderName: textOrNull(row.va_holder_name),
		amount: whole.call(this, row).amount ?? null,
		status: textOrNull(row.status),
		expiresAt: toVietnamTime(row.expired_at),
		paidAt: toVietnamTime(row.paid_at),
	};
};

const common = (row: IDataObject) => ({
	id: row.id,
	orderCode: textOrNull(row.order_code),
	status: textOrNull(row.status),
	bank: textOrNull(row.bank_name),
	accountNumber: textOrNull(row.account_number),
	accountHolder: textOrNull(row.account_holder_name),
});

/** A virtual account of an order as the Simplify parameter wants it. */
export const toVirtualAccount = simplifyWith(simplifyVirtualAccount, whole);

/** A new order with its virtual account as the Simplify parameter wants it. */
export const toNewOrder = simplifyWith(function (row) {
	return {
		...common(row),
		amount: whole.call(this, row).amount ?? null,
		vaNumber: textOrNull(row.va_number),
		vaHolderName: textOrNull(row.va_holder_name),
		expiresAt: toVietnamTime(row.expired_at),
		qrCode: textOrNull(row.qr_code),
		qrCodeUrl: textOrNull(row.qr_code_url),
	};
}, whole);

/** An order as the Simplify parameter wants it. */
export const toOrder = simplifyWith(function (row) {
	const { amount, paid_amount } = whole.call(this, row);
	const accounts = Array.isArray(row.va) ? row.va.filter(isObject) : [];
	return {
		...common(row),
		amount: amount ?? null,
		paidAmount: paid_amount,
		createdAt: toVietnamTime(row.created_at),
		updatedAt: toVietnamTime(row.updated_at),
		virtualAccounts: accounts.map((account) => simplifyVirtualAccount.call(this, account)),
	};
}, whole);
