import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TestCredentials } from '../harness/credentials';
import { outputOf, runNode } from '../harness/run';
import { startEInvoice } from '../sandbox/eInvoice';
import type { Line } from './run';

// The built package, as users run it.
const built = createRequire(join(__dirname, '../../dist/index.js'));
const { SePayEInvoiceApi } = built(
	'./credentials/SePayEInvoiceApi.credentials.js',
) as typeof import('../../credentials/SePayEInvoiceApi.credentials');
const { SePayEInvoice } = built(
	'./nodes/SePayEInvoice/SePayEInvoice.node.js',
) as typeof import('../../nodes/SePayEInvoice/SePayEInvoice.node');

const ITEMS = 20;
/** Looking for the invoice, creating it, asking after the job. */
const CALLS = 3;

/** Issuing invoices, beside the least that 3 calls a second allow. */
export async function invoices(): Promise<Line> {
	const service = await startEInvoice();
	const credentialType = 'sePayEInvoiceApi';
	const credentials = new TestCredentials([new SePayEInvoiceApi()], {
		[credentialType]: {
			environment: 'custom',
			baseUrl: service.url,
			clientId: service.client.id,
			clientSecret: service.client.secret,
		},
	});
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	const started = performance.now();
	const run = await runNode({
		type: new SePayEInvoice(),
		credentials,
		credentialType,
		input: Array.from({ length: ITEMS }, (_, index) => ({ json: { code: `DH${index}` } })),
		parameters: {
			resource: 'invoice',
			operation: 'create',
			providerAccountId: byId(service.data.accounts[0].id) as never,
			template: byId('1/C26TSE') as never,
			referenceCode: '={{ $json.code }}',
			isDraft: false,
			items: {
				item: [{ itemName: 'Coffee', quantity: '2', unitPrice: '50000', taxRate: '10' }],
			},
		},
	});
	const took = performance.now() - started;
	const { submissions } = service.data;
	await service.close();
	if (outputOf(run).length !== ITEMS || submissions.length !== ITEMS) {
		throw new Error(`${submissions.length} invoices were issued`);
	}
	const calls = service.requests.filter(({ path }) => path !== '/v1/token').length;
	const ideal = (ITEMS * CALLS * 1000) / 3;
	return {
		measured: `Invoice: Create, ${ITEMS} items, each issued once`,
		figure: `${(took / 1000).toFixed(2)} s, ${calls} calls`,
		beside: `${(ideal / 1000).toFixed(2)} s at 3 calls a second`,
		ratio: (took / ideal).toFixed(3),
	};
}
