import { isDeepStrictEqual } from 'node:util';
import type { Locator } from 'playwright-core';
import { waitUntil } from '../../../scripts/n8n/waitUntil';

/** Proves that what is read becomes what is expected. */
export async function expectSoon<T>(read: () => Promise<T>, expected: T): Promise<void> {
	let found: T;
	const isThere = async () => isDeepStrictEqual((found = await read()), expected);
	await waitUntil('it is as expected', isThere).catch((error) => {
		if (found === undefined) throw error;
		expect(found).toEqual(expected);
	});
}

/** Waits until the part of the page has the text. */
export async function expectText(part: Locator, text: RegExp): Promise<void> {
	await part.filter({ hasText: text }).first().waitFor();
}
