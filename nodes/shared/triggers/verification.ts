import { createHash, createHmac, timingSafeEqual } from 'crypto';

/** How a receiver can tell that a delivery comes from SePay; `secret` as it is written, whole. */
export interface Verification {
	/** `Secret_Key` is Bank Hub's, the others as SePay calls them. */
	kind: 'HMAC_SHA256' | 'Api_Key' | 'Secret_Key' | 'No_Authen';
	secret?: string;
}

export type WebhookHeaders = Record<string, string | string[] | undefined>;

/** Why a delivery must not be believed, as the log names it. */
export const REASONS = {
	noSecret: 'the node has no secret to compare with',
	noSignature: 'it has no signature',
	wrongSignature: 'the signature does not match the body',
};

/** Seconds that the time of a signature may differ from the clock here, either way. */
const MAX_CLOCK_SKEW_S = 300;

const digest = (text: string) => createHash('sha256').update(text.normalize('NFC')).digest();

/** The one value of a header; empty when there is none or several. */
export const singleHeader = (value: string | string[] | undefined) =>
	typeof value === 'string' ? value : '';

/** Whether a text is the HMAC-SHA256 of the parts, in lower-case hex; it takes as long whatever the difference. */
export function isSignature(
	hex: string,
	secret: string,
	...parts: Array<string | Buffer>
): boolean {
	const hmac = createHmac('sha256', secret);
	for (const part of parts) hmac.update(part);
	const isHex = /^[0-9a-f]{64}$/.test(hex);
	// A signature that is none is compared as well: as nothing but zeros.
	const matches = timingSafeEqual(Buffer.from(isHex ? hex : '0'.repeat(64), 'hex'), hmac.digest());
	return matches && isHex;
}

/**
 * Why a delivery must not be believed; undefined when it is proven (reference: "Authentication").
 * Without a secret nothing is. All comparisons take the same time whatever the difference.
 *
 * @param body the bytes as they came: a body parsed and written again does not verify
 * @param now epoch milliseconds
 */
export function verifyDelivery(
	{ kind, secret }: Verification,
	headers: WebhookHeaders,
	body: Buffer,
	now: number,
): string | undefined {
	if (kind === 'No_Authen') return undefined;
	if (!secret) return REASONS.noSecret;
	const compare = (what: string, sent: string | undefined) => {
		if (!sent) return `it has no ${what}`;
		// Node reads the bytes of a header as Latin-1; a secret with Vietnamese letters comes in UTF-8.
		const written = [sent, Buffer.from(sent, 'latin1').toString()];
		const equal = written.map((one) => timingSafeEqual(digest(one), digest(secret)));
		return equal.includes(true) ? undefined : `the ${what} does not match`;
	};
	if (kind === 'Api_Key') {
		return compare('API key', /^Apikey (.+)$/i.exec(singleHeader(headers.authorization))?.[1]);
	}
	if (kind === 'Secret_Key') return compare('secret key', singleHeader(headers['x-secret-key']));
	if (kind !== 'HMAC_SHA256') return 'the authentication is not supported';
	const timestamp = singleHeader(headers['x-sepay-timestamp']);
	const signature = singleHeader(headers['x-sepay-signature']);
	if (!timestamp || !signature) return REASONS.noSignature;
	if (!/^\d{1,12}$/.test(timestamp)) return 'the time of the signature is not a Unix time';
	if (Math.abs(now / 1000 - Number(timestamp)) > MAX_CLOCK_SKEW_S) {
		return `the time of the signature is more than ${MAX_CLOCK_SKEW_S} seconds off. Check the clock of the n8n server.`;
	}
	const [, hex = ''] = /^sha256=(.*)$/.exec(signature) ?? [];
	return isSignature(hex, secret, `${timestamp}.`, body) ? undefined : REASONS.wrongSignature;
}
