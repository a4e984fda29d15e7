import {
	isSignature,
	singleHeader,
	verifyDelivery,
	type Verification,
	type WebhookHeaders,
} from '../../../../nodes/shared/triggers/verification';

const BODY = Buffer.from('{}');
const NOW = 1_700_000_000_000;
const SECRET = 'khóa';
// openssl dgst -sha256 -hmac key of "1700000000.{}"
const HEX = '9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae';
const signed = (timestamp: string, hex = `sha256=${HEX}`): WebhookHeaders => ({
	'x-sepay-timestamp': timestamp,
	'x-sepay-signature': hex,
});
const verify = (verification: Verification, headers: WebhookHeaders, now = NOW) =>
	verifyDelivery(verification, headers, BODY, now);

test('a signature made by another programme holds for five minutes either way', () => {
	const at = (seconds: number) =>
		verify({ kind: 'HMAC_SHA256', secret: 'key' }, signed('1700000000'), NOW + seconds * 1000);
	expect([at(0), at(300), at(-300)]).toEqual([undefined, undefined, undefined]);
	const late =
		'the time of the signature is more than 300 seconds off. Check the clock of the n8n server.';
	expect([at(301), at(-301)]).toEqual([late, late]);
});

test.each<[string, WebhookHeaders, string]>([
	['no time', { ...signed('1'), 'x-sepay-timestamp': undefined }, 'it has no signature'],
	['no signature', { ...signed('1'), 'x-sepay-signature': undefined }, 'it has no signature'],
	['two', { ...signed('1'), 'x-sepay-signature': [HEX, HEX] }, 'it has no signature'],
	['no number', signed('1700000000x'), 'the time of the signature is not a Unix time'],
	['a sign', signed('+1700000000'), 'the time of the signature is not a Unix time'],
	['13 digits', signed('1700000000000'), 'the time of the signature is not a Unix time'],
	['no prefix', signed('1700000000', HEX), 'the signature does not match the body'],
	['a prefix', signed('1700000000', `xsha256=${HEX}`), 'the signature does not match the body'],
	['capitals', signed('1700000000', HEX.toUpperCase()), 'the signature does not match the body'],
	['more', signed('1700000000', `sha256=${HEX}0`), 'the signature does not match the body'],
	['another time', signed('1700000001'), 'the signature does not match the body'],
])('a signature with %s is not believed', (_name, headers, reason) => {
	expect(verify({ kind: 'HMAC_SHA256', secret: 'key' }, headers)).toBe(reason);
});

test.each<[Verification['kind'], string, (secret: string) => WebhookHeaders]>([
	['Api_Key', 'API key', (secret) => ({ authorization: `apikey ${secret}` })],
	['Secret_Key', 'secret key', (secret) => ({ 'x-secret-key': secret })],
])('%s is compared in either way to write its letters', (kind, what, headers) => {
	const reasonFor = (sent: string) => verify({ kind, secret: SECRET }, headers(sent));
	const bytes = (text: string) => Buffer.from(text).toString('latin1');
	for (const sent of [SECRET, bytes(SECRET), bytes(SECRET.normalize('NFD'))]) {
		expect(reasonFor(sent)).toBeUndefined();
	}
	for (const sent of ['khoa', `${SECRET} `, bytes(`${SECRET}a`)]) {
		expect(reasonFor(sent)).toBe(`the ${what} does not match`);
	}
	expect(verify({ kind, secret: SECRET }, {})).toBe(`it has no ${what}`);
	expect(verify({ kind, secret: '' }, headers(''))).toBe('the node has no secret to compare with');
	expect(verify({ kind }, headers(SECRET))).toBe('the node has no secret to compare with');
});

test('an API key needs its word before it, and nothing before that', () => {
	const reasonFor = (authorization: string) =>
		verify({ kind: 'Api_Key', secret: SECRET }, { authorization });
	for (const sent of [SECRET, `Bearer ${SECRET}`, `x Apikey ${SECRET}`, 'Apikey ']) {
		expect(reasonFor(sent)).toBe('it has no API key');
	}
});

test('anything is believed where nothing is asked for, and nothing by a way that is not known', () => {
	expect(verify({ kind: 'No_Authen' }, {})).toBeUndefined();
	const kind = 'OAuth2' as Verification['kind'];
	expect(verify({ kind, secret: 'key' }, signed('1700000000'))).toBe(
		'the authentication is not supported',
	);
});

test('a signature is lower-case hex of all parts', () => {
	expect(isSignature(HEX, 'key', '1700000000.', BODY)).toBe(true);
	const others = [HEX.toUpperCase(), `${HEX}0`, `0${HEX}`, HEX.slice(1), '', '0'.repeat(64)];
	expect(others.map((hex) => isSignature(hex, 'key', '1700000000.', BODY))).toEqual(
		others.map(() => false),
	);
	expect(isSignature(HEX, 'key', '1700000000.')).toBe(false);
});

test('a header that came twice has no value', () => {
	expect(['a', ['a', 'b'], undefined].map(singleHeader)).toEqual(['a', '', '']);
});
