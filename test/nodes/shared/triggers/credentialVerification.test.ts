import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import {
	createCredentialVerifier,
	testSecret,
} from '../../../../nodes/shared/triggers/credentialVerification';

test.each([
	['', 'Error', 'The secret is empty'],
	[' \n', 'Error', 'The secret is empty'],
	[' secret', 'Error', 'Remove the space or line break around the secret'],
	['secret\n', 'Error', 'Remove the space or line break around the secret'],
	['a secret', 'OK', 'The secret is filled in. Check that SePay has the same one.'],
])('the test of the secret %j: %s, %s', (secret, status, message) => {
	expect(testSecret(secret, 'SePay')).toEqual({ status, message });
});

describe('a verifier', () => {
	const verify = createCredentialVerifier('webhookApi', ({ secret }, headers, body, now) =>
		headers.sent === secret && body.length === 2 && now === Date.now() ? undefined : 'wrong',
	);
	const body = Buffer.from('{}');

	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** A node with its credential, and how often that was read. */
	function nodeWith(id: string | undefined, stored: ICredentialDataDecryptedObject) {
		const read = jest.fn(async () => ({ ...stored }));
		const credentials = id === undefined ? undefined : { webhookApi: { id } };
		const context = {
			getNode: () => ({ credentials }),
			getCredentials: read,
		} as unknown as IWebhookFunctions;
		return { read, by: async (sent: string) => await verify.call(context, { sent }, body) };
	}

	test('reads the credential once for half a minute, and again for what it does not prove', async () => {
		const stored = { secret: 'first' };
		const { read, by } = nodeWith('1', stored);
		expect([await by('first'), await by('first')]).toEqual([undefined, undefined]);
		expect(read.mock.calls).toEqual([['webhookApi']]);
		stored.secret = 'second';
		expect(await by('first')).toBeUndefined();
		jest.advanceTimersByTime(29_999);
		expect(await by('first')).toBeUndefined();
		expect(read).toHaveBeenCalledTimes(1);
		jest.advanceTimersByTime(1);
		expect([await by('first'), await by('second')]).toEqual(['wrong', undefined]);
		expect(await by('first')).toBe('wrong');
		expect(read).toHaveBeenCalledTimes(3);
	});

	test('takes no credential for another', async () => {
		const [one, other] = [nodeWith('2', { secret: 'one' }), nodeWith('3', { secret: 'other' })];
		expect(await one.by('one')).toBeUndefined();
		expect(await other.by('one')).toBe('wrong');
		expect(await nodeWith(undefined, { secret: 'none' }).by('none')).toBeUndefined();
	});
});
