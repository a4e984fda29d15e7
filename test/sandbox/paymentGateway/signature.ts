import { createHmac, timingSafeEqual } from 'node:crypto';

/** The fields that the signature covers, as SePay's own library lists them. */
const SIGNED = [
	'merchant',
	'env',
	'operation',
	'payment_method',
	'order_amount',
	'currency',
	'order_invoice_number',
	'order_description',
	'customer_id',
	'agreement_id',
	'agreement_name',
	'agreement_type',
	'agreement_payment_frequency',
	'agreement_amount_per_payment',
	'success_url',
	'error_url',
	'cancel_url',
	'order_id',
];

/** The order of the sample form in SePay's documents. */
const SAMPLE = [
	'merchant',
	'currency',
	'order_amount',
	'operation',
	'payment_method',
	'order_description',
	'order_invoice_number',
	'customer_id',
	'success_url',
	'error_url',
	'cancel_url',
];

/** The signature that a form needs, by the order of its fields or by that of the sample form. */
export function signatureOf(
	form: Record<string, string>,
	secretKey: string,
	order: 'form' | 'sample',
): string {
	const present = Object.keys(form).filter((name) => SIGNED.includes(name));
	const names = order === 'form' ? present : SAMPLE.filter((name) => present.includes(name));
	const text = names.map((name) => `${name}=${form[name]}`).join(',');
	return createHmac('sha256', secretKey).update(text).digest('base64');
}

/** Whether a form carries the signature that it needs. */
export function isSigned(
	form: Record<string, string>,
	secretKey: string,
	order: 'form' | 'sample',
): boolean {
	const sent = Buffer.from(String(form.signature));
	const needed = Buffer.from(signatureOf(form, secretKey, order));
	return sent.length === needed.length && timingSafeEqual(sent, needed);
}
