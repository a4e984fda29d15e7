import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/envelopes';
import { textOrNull, typed, vietnamTime } from '../../../shared/values';
import { simplifiedBy, type Shape } from '../../exchanges';

const whole: Shape = (row) => typed(row, { numbers: ['amount', 'paid_amount'], flags: [] });

const simpleVirtualAccount: Shape = function (row) {
	return {
		vaNumber: textOrNull(row.va_number),
		vaHolderName: textOrNull(row.va_holder_name),
		amount: whole.call(this, row).amount ?? null,
		status: textOrNull(row.status),
		expiresAt: vietnamTime(row.expired_at),
		paidAt: vietnamTime(row.paid_at),
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
export const toVirtualAccount = simplifiedBy(simpleVirtualAccount, whole);

/** A new order with its virtual account as the Simplify parameter wants it. */
export const toNewOrder = simplifiedBy(function (row) {
	return {
		...common(row),
		amount: whole.call(this, row).amount ?? null,
		vaNumber: textOrNull(row.va_number),
		vaHolderName: textOrNull(row.va_holder_name),
		expiresAt: vietnamTime(row.expired_at),
		qrCode: textOrNull(row.qr_code),
		qrCodeUrl: textOrNull(row.qr_code_url),
	};
}, whole);

/** An order as the Simplify parameter wants it. */
export const toOrder = simplifiedBy(function (row) {
	const { amount, paid_amount } = whole.call(this, row);
	const accounts = Array.isArray(row.va) ? row.va.filter(isObject) : [];
	return {
		...common(row),
		amount: amount ?? null,
		paidAmount: paid_amount,
		createdAt: vietnamTime(row.created_at),
		updatedAt: vietnamTime(row.updated_at),
		virtualAccounts: accounts.map((account) => simpleVirtualAccount.call(this, account)),
	};
}, whole);
