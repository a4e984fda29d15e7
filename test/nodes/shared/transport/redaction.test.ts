import { SePayBankHubApi } from '../../../../credentials/SePayBankHubApi.credentials';
import { SePayEInvoiceApi } from '../../../../credentials/SePayEInvoiceApi.credentials';
import { SePayOAuth2Api } from '../../../../credentials/SePayOAuth2Api.credentials';
import { SePayPaymentGatewayApi } from '../../../../credentials/SePayPaymentGatewayApi.credentials';
import { SePayTokenApi } from '../../../../credentials/SePayTokenApi.credentials';
import { SePayWebhookApi } from '../../../../credentials/SePayWebhookApi.credentials';
import { credentialRedactor, redactor } from '../../../../nodes/shared/transport/redaction';
import { PaytOAuth2Api } from '../../../../packages/n8n-nodes-payt/credentials/PaytOAuth2Api.credentials';
import { PaytWebhookApi } from '../../../../packages/n8n-nodes-payt/credentials/PaytWebhookApi.credentials';

const TOKEN = '0f3a9c5e7b1d2468';
const redact = redactor({ apiToken: TOKEN });

const types = [
	new PaytOAuth2Api(),
	new PaytWebhookApi(),
	new SePayBankHubApi(),
	new SePayEInvoiceApi(),
	new SePayOAuth2Api(),
	new SePayPaymentGatewayApi(),
	new SePayTokenApi(),
	new SePayWebhookApi(),
];

test.each(
	types.flatMap(({ name, properties }) =>
		properties.map(
			(property) => [name, property.name, property.typeOptions?.password === true] as const,
		),
	),
)('%s: %s is masked if it is a password: %s', (_type, name, isSecret) => {
	const value = 'https://sepay.example/oauth/token';
	expect(redactor({ [name]: value })(value)).toBe(isSecret ? '***' : value);
});

test.each(['access_token', 'refresh_token', 'id_token'])('what OAuth2 keeps: %s', (name) => {
	expect(redactor({ oauthTokenData: { [name]: TOKEN } })(`Bearer ${TOKEN}!`)).toBe('Bearer ***!');
});

test('the names of fields, lists and texts at any depth are masked; all else stays as it is', () => {
	const other = { 1: null, on: true, amount: 250000, date: '2026-01-15 10:35:00', memo: 'DH1042' };
	const bytes = Buffer.from(TOKEN);
	expect(redact({ [TOKEN]: [{ said: `<${TOKEN}>` }, TOKEN], other, bytes })).toEqual({
		'***': [{ said: '<***>' }, '***'],
		other,
		bytes,
	});
	expect(redact(undefined)).toBeUndefined();
});

test.each([
	['in Base64', Buffer.from(TOKEN).toString('base64')],
	['as a password of anyone', Buffer.from(`someone:${TOKEN}`).toString('base64')],
	['in Base64 for URLs', Buffer.from(`{"a":1,"token":"${TOKEN}"}`).toString('base64url')],
])('%s', (_name, text) => {
	expect(redact(`It was ${text}`)).toMatch(/^It was [\w=]*\*\*\*[\w=]*$/);
});

test('a secret of 8 characters is masked, and a shorter one left: it would hit other words', () => {
	expect(redactor({ secret: 'abcdefgh' })('key abcdefgh')).toBe('key ***');
	for (const secret of ['', 'a', 'abcdefg']) {
		const text = `a key, ${secret}, and YQ== ${Buffer.from(secret).toString('base64')}`;
		expect(redactor({ secret, clientSecret: secret })(text)).toBe(text);
	}
});

test('one that begins like another is masked whole', () => {
	const both = redactor({ clientSecret: 'abcdefgh', apiToken: 'abcdefgh-1234' });
	expect(both('abcdefgh-1234, abcdefgh')).toBe('***, ***');
});

test('blanks around a secret and signs of patterns in it do not matter', () => {
	expect(redactor({ secret: ' a.*+?(b)[c]{2}|^$ \n' })('<a.*+?(b)[c]{2}|^$>')).toBe('<***>');
	expect(redactor({ secret: 'a.*+?(b)' })('axxxxb')).toBe('axxxxb');
});

test.each([
	'%C3%A9%22%2F%20%2B',
	'%c3%a9%22%2f%20%2b',
	'%C3%A9%22%2F+%2B',
	'%25C3%25A9%2522%252F%2520%252B',
	'é\\"/ +',
	'é\\"\\/ +',
	'\\u00e9\\"\\/ +',
	'\\\\u00e9\\\\\\"\\\\\\/ +',
])('signs as services write them: %s', (signs) => {
	expect(redactor({ secret: 'abc-é"/ +xyz' })(`<abc-${signs}xyz>`)).toBe('<***>');
});

test.each(['abc-~*!/xyz', 'abc-~*!%2Fxyz', 'abc-%7E*%21%2Fxyz', 'abc-~%2A%21%2Fxyz'])(
	'signs that not every encoder encodes: %s',
	(text) => expect(redactor({ secret: 'abc-~*!/xyz' })(`<${text}>`)).toBe('<***>'),
);

test.each(['Pj4+Pz8/Pj4+Pz8/', 'Pj4-Pz8_Pj4-Pz8_'])('both alphabets of Base64: %s', (text) => {
	expect(redactor({ secret: '>>>???>>>???' })(`<${text}>`)).toBe('<***>');
});

test('a long text of the sign that a secret begins with costs no more than any', () => {
	const text = '\\'.repeat(200_000);
	expect(redactor({ secret: '\\\\\\/"secret' })(text)).toBe(text);
});

test.each([
	['client', { clientId: ' merchant-1 ', clientSecret: 'a secret of it ' }],
	['merchant', { merchantId: 'merchant-1', secretKey: 'a secret of it' }],
])('masks ID and secret of a %s as they are sent together, the ID included', (_name, fields) => {
	const basic = Buffer.from('merchant-1:a secret of it').toString('base64');
	expect(redactor(fields)(`Authorization: Basic ${basic}`)).toBe('Authorization: Basic ***');
	const undefinedToo = Buffer.from('merchant-1:undefined').toString('base64');
	const [id] = Object.entries(fields)[0];
	expect(redactor({ [id]: 'merchant-1', token: TOKEN })(undefinedToo)).toBe(undefinedToo);
});

test('what has bytes for a field has no secret in them', () => {
	const bytes = Buffer.from('a secret of it');
	expect(redactor({ secret: bytes, apiToken: TOKEN })(`${bytes} ${TOKEN}`)).toBe(`${bytes} ***`);
});

test('masks a token also without what is kept before it', () => {
	const redact = redactor({ accessToken: 'https://bankhub.example client-1 token-0123456789' });
	expect(redact('Bearer token-0123456789')).toBe('Bearer ***');
	expect(redact('client-1 at https://bankhub.example')).toBe('client-1 at https://bankhub.example');
});

test('masks what a credential held before and after a renewal', () => {
	const redact = redactor({ accessToken: 'token-before-it' }, { accessToken: 'token-after-it' });
	expect(redact('token-before-it, token-after-it')).toBe('***, ***');
});

test('what is known of some credentials is not taken for others, however many there are', () => {
	for (let number = 1000; number < 1250; number++) {
		const accessToken = `token-${number}`;
		for (const [renewed, said] of [
			['renewed-1', '***, ***, renewed-2'],
			['renewed-2', '***, renewed-1, ***'],
			['renewed-1', '***, ***, renewed-2'],
		]) {
			const redact = credentialRedactor({ accessToken }, { accessToken: renewed });
			expect(redact(`${accessToken}, renewed-1, renewed-2`)).toBe(said);
		}
	}
});
