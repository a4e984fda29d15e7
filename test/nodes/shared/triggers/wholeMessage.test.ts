import type { IHookFunctions } from 'n8n-workflow';
import { withWholeMessage } from '../../../../nodes/shared/triggers/wholeMessage';

const context = { getMode: () => 'trigger' } as unknown as IHookFunctions;

test.each([
	['No access', 'Sign in again.', 'No access. Sign in again.'],
	['No access.', 'Sign in again.', 'No access. Sign in again.'],
	['No. 5 is unknown', 'Choose another.', 'No. 5 is unknown. Choose another.'],
])('message %j and description %j are one message', async (message, description, whole) => {
	const error = Object.assign(new Error(message), { description, httpCode: '403' });
	const failed = withWholeMessage(async () => await Promise.reject(error)).call(context);
	await expect(failed).rejects.toBe(error);
	expect(error).toMatchObject({ message: whole, description: null, httpCode: '403' });
});

test.each([undefined, null, ''])(
	'with the description %j the message stays',
	async (description) => {
		const error = Object.assign(new Error('No access.'), { description });
		await withWholeMessage(async () => await Promise.reject(error))
			.call(context)
			.catch(() => {});
		expect(error).toMatchObject({ message: 'No access.', description });
	},
);

test('what the method gives, in the context that n8n calls it in, is passed on', async () => {
	const run = withWholeMessage(async function () {
		return await Promise.resolve(this.getMode());
	});
	expect(await run.call(context)).toBe('trigger');
});
