import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential } from '../../../scripts/n8n/types';
import { waitUntil } from '../../../scripts/n8n/waitUntil';
import type { EInvoice } from '../../sandbox/eInvoice';
import type { Random } from '../../sandbox/random';
import type { E2eHost } from './n8nHost';
import { countExecutions } from './payments';
import { byId, workflowOf } from './run';

export const NODE = 'n8n-nodes-sepay.sePayEInvoice';
export const TYPE = 'sePayEInvoiceApi';

/** What the credential for this eInvoice holds. */
export const dataOf = ({ url, client }: EInvoice) => ({
	environment: 'custom',
	baseUrl: url,
	clientId: client.id,
	clientSecret: client.secret,
});

/** A step of the SePay eInvoice node. */
export const step = ({ id, name }: Credential, parameters: object, more: object = {}) => ({
	node: {
		type: NODE,
		parameters: parameters as Record<string, unknown>,
		credentials: { [TYPE]: { id, name } },
		...more,
	},
});

/** A VAT invoice of 110,000 VND, issued at once. */
export const createParameters = (service: EInvoice, fields: object = {}) => ({
	resource: 'invoice',
	operation: 'create',
	providerAccountId: byId(service.data.accounts[0].id),
	template: byId('1/C26TSE'),
	isDraft: false,
	buyerName: 'Nguyễn Văn An',
	buyerEmail: 'an@example.com',
	items: {
		item: [{ itemName: 'Cà phê', quantity: '2', unitPrice: '50000', taxRate: '10' }],
	},
	...fields,
});

/** How many sales are told to n8n between two kills. */
const SALES = 4;
/** The sale by which n8n is asked whether it takes any. */
const FIRST = 'SALE-FIRST';

/**
 * Kills n8n while it issues invoices, starts it again and tells it every sale that has none, as often
 * as it takes. SePay looks at no reference code, so a sale that is sent twice has two invoices.
 *
 * @returns the figures
 */
export async function proveOneInvoiceEach(
	host: E2eHost,
	service: EInvoice,
	credential: Credential,
	kills: number,
	random: Random,
): Promise<string> {
	const { instance, n8n } = host;
	Object.assign(service.variants, { duplicate: 'allowed', secondIssue: 'allowed' });
	service.jobMs = 700;
	const definition = workflowOf(host, {
		Create: step(
			credential,
			createParameters(service, { referenceCode: '={{ $json.body.code }}' }),
		),
	});
	const webhook = { httpMethod: 'POST', path: 'sale', options: {} };
	Object.assign(definition.nodes[0], {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: webhook,
		webhookId: 'sale',
	});
	const { id } = await n8n.saveWorkflow({ ...definition, settings: { executionOrder: 'v1' } });
	await n8n.publish(id);

	const tell = async (code: string) =>
		await fetch(`${instance.url}/webhook/sale`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ code }),
		}).then(
			({ ok }) => ok,
			() => false,
		);
	const hasInvoice = (code: string) =>
		service.data.submissions.some(({ reference_code }) => reference_code === code);
	const invoiced = () => service.data.submissions.map(({ reference_code }) => reference_code);
	const expectNoneTwice = () => {
		const found = invoiced();
		expect(found.filter((code, index) => found.indexOf(code) !== index)).toEqual([]);
	};
	const codes: string[] = [];
	for (let kill = 0; kill < kills; kill++) {
		await waitUntil('n8n takes sales', async () => await tell(FIRST), 90_000);
		for (let sale = 0; sale < SALES; sale++) codes.push(`SALE-${kill}-${sale}`);
		await Promise.all(codes.filter((code) => !hasInvoice(code)).map(tell));
		await sleep(random.integer(0, 3500));
		await instance.kill();
		// 2.41.1 may end while it recovers what was cut; it succeeds when it is started once more.
		await instance.start().catch(async () => await instance.start());
		expectNoneTwice();
		if (kill % 20 === 19) console.log(`${kill + 1} kills, ${codes.length} sales so far`);
	}
	codes.push(FIRST);
	const open = () => codes.filter((code) => !hasInvoice(code));
	const unfinished = open().length;
	await waitUntil(
		'every sale has its invoice',
		async () => {
			// A few at a time: what is told again and again would use up the 3 calls a second.
			await Promise.all(open().slice(0, SALES).map(tell));
			await sleep(5000);
			return open().length === 0;
		},
		180_000 + 10_000 * unfinished,
	);
	// Once more for all of them, as when executions are retried.
	await n8n.signIn();
	const count = async (...status: string[]) => await countExecutions(host, id, status);
	await waitUntil('none runs', async () => (await count('running')) === 0, 120_000);
	const before = await count('success', 'error');
	expect(await Promise.all(codes.map(tell))).not.toContain(false);
	await waitUntil(
		'all of them have ended',
		async () => (await count('success', 'error')) >= before + codes.length,
		60_000 + 5000 * codes.length,
	);
	expectNoneTwice();
	expect(new Set(invoiced())).toEqual(new Set(codes));
	return `${kills} kills, ${codes.length} sales, ${unfinished} without an invoice after the last kill`;
}
