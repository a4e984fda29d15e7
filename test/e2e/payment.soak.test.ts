import { startE2eHost, type E2eHost } from './support/n8nHost';
import { proveWaits } from './support/paymentWaits';
import { releases } from './support/releases';

jest.setTimeout(900_000);

describe.each(releases())('waits for payments on the %s n8n, many', (name) => {
	let host: E2eHost;

	beforeAll(async () => {
		host = await startE2eHost(name);
	});

	afterAll(async () => {
		await host?.close();
	});

	test('200 waits for many payments share their calls and outlive a restart', async () => {
		console.log(await proveWaits(host, 200, 3));
	});
});
