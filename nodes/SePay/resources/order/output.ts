import { simplifyWith } from '../../../shared/operations/operations';
import {
	asInteger,
	asList,
	asSent,
	asSentText,
	asText,
	asTime,
	from,
	orNull,
	outputOf,
} from '../../../shared/operations/output';

const whole = asSent({ amount: asInteger, paid_amount: asInteger });

const virtualAccount = outputOf({
	vaNumber: from('va_number', asText),
	vaHolderName: from('va_holder_name', asText),
	amount: from('amount', orNull(asInteger)),
	status: from('status', asText),
	expiresAt: from('expired_at', asTime),
	paidAt: from('paid_at', asTime),
});

const common = {
	id: from('id', asSentText),
	orderCode: from('order_code', asText),
	status: from('status', asText),
	bank: from('bank_name', asText),
	accountNumber: from('account_number', asText),
	accountHolder: from('account_holder_name', asText),
	amount: from('amount', orNull(asInteger)),
};

/** A virtual account of an order as the Simplify parameter wants it. */
export const toVirtualAccount = simplifyWith(virtualAccount, whole);

/** A new order with its virtual account as the Simplify parameter wants it. */
export const toNewOrder = simplifyWith(
	outputOf({
		...common,
		vaNumber: from('va_number', asText),
		vaHolderName: from('va_holder_name', asText),
		expiresAt: from('expired_at', asTime),
		qrCode: from('qr_code', asText),
		qrCodeUrl: from('qr_code_url', asText),
	}),
	whole,
);

/** An order as the Simplify parameter wants it. */
export const toOrder = simplifyWith(
	outputOf({
		...common,
		paidAmount: from('paid_amount', asInteger),
		createdAt: from('created_at', asTime),
		updatedAt: from('updated_at', asTime),
		virtualAccounts: from('va', asList(virtualAccount, [])),
	}),
	whole,
);
