import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { SandboxOptions } from '../sandbox';
import {
	builtNode,
	byId,
	items,
	rounded,
	startService,
	type BuiltNode,
	type Figures,
} from './local';
import type { ServiceName } from './server';

/** SePay's limit. */
const CALLS_PER_SECOND = 3;
const PAGES = 100;

/** What is done under SePay's limit. */
interface Work {
	/** How the figures' names begin. */
	name: string;
	service: ServiceName;
	options?: SandboxOptions;
	node: BuiltNode;
	/** What is asked before, so that nothing is counted that happens once. */
	warmUp: string;
	parameters: (account: string) => INodeParameters;
	input?: INodeExecutionData[];
	/** The least calls that it takes. */
	calls: number;
}

async function measure(work: Work): Promise<Figures> {
	const { name, node, calls } = work;
	const service = await startService(work.service, work.options);
	try {
		await service.run(node, node.type, { resource: work.warmUp, operation: 'get' });
		const { length: before } = await service.statuses();
		await sleep(1100);
		const started = performance.now();
		await service.run(node, node.type, work.parameters(service.account), work.input);
		const seconds = (performance.now() - started) / 1000;
		const statuses = (await service.statuses()).slice(before);
		return {
			[`${name}Seconds`]: rounded(seconds),
			[`${name}Calls`]: statuses.length,
			[`${name}Refused429`]: statuses.filter((status) => status === 429).length,
			[`${name}Ratio`]: rounded(seconds / (calls / CALLS_PER_SECOND), 3),
		};
	} finally {
		service.stop();
	}
}

/** How long calls take under SePay's limit, as a ratio to the least that the limit allows. */
export async function calls(): Promise<Figures> {
	const sePay = builtNode('SePay', 'SePayOAuth2Api');
	const everything = (latencyMs: number): Work => ({
		name: `returnAll${PAGES}PagesAfter${latencyMs}Ms`,
		service: 'sePay',
		options: { transactions: 100 * PAGES, latencyMs },
		node: sePay,
		warmUp: 'profile',
		parameters: () => ({
			resource: 'transaction',
			operation: 'getAll',
			returnAll: true,
			filters: { fromDate: '2000-01-01' },
		}),
		calls: PAGES,
	});
	const accounts: Work = {
		name: 'bankAccountGet100Items',
		service: 'sePay',
		node: sePay,
		warmUp: 'profile',
		parameters: () => ({ resource: 'bankAccount', operation: 'get', bankAccountId: byId('12') }),
		input: items(100),
		calls: 100,
	};
	const invoices: Work = {
		name: 'invoiceCreate20Items',
		service: 'eInvoice',
		node: builtNode('SePayEInvoice', 'SePayEInvoiceApi'),
		warmUp: 'usage',
		parameters: (account) => ({
			resource: 'invoice',
			operation: 'create',
			providerAccountId: byId(account),
			template: byId('1/C26TSE'),
			referenceCode: '={{ $json.number }}',
			isDraft: false,
			items: {
				item: [{ itemName: 'Coffee', quantity: '2', unitPrice: '50000', taxRate: '10' }],
			},
		}),
		input: items(20),
		// Looking for the invoice, creating it, asking after the job.
		calls: 3 * 20,
	};
	// Each has a service of its own, and all of them wait most of the time.
	const all = await Promise.all(
		[accounts, invoices, ...[0, 300, 1000].map(everything)].map(measure),
	);
	return Object.assign({}, ...all) as Figures;
}
