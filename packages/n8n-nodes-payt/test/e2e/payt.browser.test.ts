import { Editor } from '../../../../scripts/n8n/editor';
import { openForms } from '../../../../test/e2e/support/forms';
import { startN8nHost, type N8nHost } from '../../../../test/e2e/support/n8nHost';

jest.setTimeout(180_000);

describe("Payt in n8n's editor", () => {
	let host: N8nHost;
	let editor: Editor;

	beforeAll(async () => {
		host = await startN8nHost('newest');
		editor = await Editor.open(host.instance.url);
	});

	afterAll(async () => {
		await editor?.close();
		await host?.close();
	});

	test('is found by typing', async () => {
		await editor.page.goto(`${host.instance.url}/workflow/new`);
		for (const word of ['payt', 'debtor', 'reminder', 'debt collection']) {
			expect([word, await editor.search(word)]).toEqual([word, expect.arrayContaining(['Payt'])]);
		}
	});

	test('every operation opens without a red field but what is to be filled in', async () => {
		expect(await openForms(host, editor, 'n8n-nodes-payt.payt')).toBeGreaterThan(50);
	});
});
