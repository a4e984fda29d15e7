import { createHmac } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

/** What the signature covers, as SePay's library `sepay-pg-node` 1.0.0 lists it. */
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

/**
 * The signature of a checkout form: HMAC-SHA256 in base64 over `name=value`, joined with commas, in
 * the order of the form. Fields that are undefined are left out, null counts as empty.
 */
export function signatureOf(fields: IDataObject, secretKey: string): string {
	const text = Object.entries(fields)
		.filter(([name, value]) => SIGNED.includes(name) && value !== undefined)
		.map(([name, value]) => `${name}=${String(value ?? '')}`)
		.join(',');
	return createHmac('sha256', secretKey).update(text).digest('base64');
}

const escape = (text: unknown) =>
	String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A page whose form posts itself, for Respond to Webhook; without JavaScript the buyer presses a button. */
export function pageOf(url: string, fields: IDataObject): string {
	const inputs = Object.entries(fields).map(
		([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
	);
	return [
		'<!doctype html>',
		'<meta charset="utf-8">',
		'<title>SePay</title>',
		`<form method="post" action="${escape(url)}">`,
		...inputs,
		'<button>Thanh to&#225;n</button>',
		'</form>',
		'<script>document.forms[0].submit()</script>',
	].join('\n');
}
