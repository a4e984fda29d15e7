import type { INodeParameters, INodeType } from 'n8n-workflow';
import {
	asLoaded,
	builtNode,
	byId,
	items,
	rounded,
	startService,
	withoutRateLimit,
	type BuiltNode,
	type Figures,
	type LocalService,
} from './local';
import type { ServiceName } from './server';

const ITEMS = 500;
/** Rounds that let the compiler get to know the code, and those that are measured after them. */
const WARM_UP = 5;
const ROUNDS = 15;

/** A declarative node of one property that makes one call. */
function bareNode(credential: string, baseURL: string, url: string): INodeType {
	return {
		description: {
			displayName: 'Bare',
			name: 'bare',
			group: ['transform'],
			version: 1,
			description: 'The least that a declarative node can be',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential, required: true }],
			requestDefaults: { baseURL },
			properties: [
				{
					displayName: 'ID',
					name: 'id',
					type: 'string',
					default: '12',
					routing: { request: { method: 'GET', url: `=${url}/{{ $value }}` } },
				},
			],
		},
	};
}

const median = (figures: number[]) => figures.sort((a, b) => a - b)[figures.length >> 1];

/** Milliseconds of CPU for each item, without a rate limit: medians of ways that take turns. */
async function cpuOfAnItem(ways: Array<() => Promise<unknown[]>>): Promise<number[]> {
	const spent = ways.map((): number[] => []);
	for (let round = -WARM_UP; round < ROUNDS; round++) {
		for (const [index, way] of ways.entries()) {
			const before = process.cpuUsage();
			const output = await way();
			const { user, system } = process.cpuUsage(before);
			if (output.length !== ITEMS) throw new Error(`${output.length} items came out`);
			if (round >= 0) spent[index].push((user + system) / 1000 / ITEMS);
		}
	}
	return spent.map(median);
}

/** An operation that makes a call for each item, beside a bare node that does the same. */
async function besideBare(
	name: string,
	service: [name: ServiceName, file: string, limited: string],
	node: BuiltNode,
	path: string,
	parameters: (service: LocalService) => INodeParameters,
): Promise<Figures> {
	const local = await startService(service[0], service[0] === 'sePay' ? { rateLimit: false } : {});
	const bare = asLoaded(bareNode(node.credential.name, local.url, path));
	const input = items(ITEMS);
	const ways = [
		async () => await local.run(node, node.type, parameters(local), input),
		async () => await local.run(node, bare, local.id ? { id: local.id } : {}, input),
	];
	const [ours, theirs] = await withoutRateLimit(
		[service[1], service[2]],
		async () => await cpuOfAnItem(ways),
	);
	local.stop();
	return {
		[`${name}CpuMs`]: rounded(ours),
		[`${name}BareCpuMs`]: rounded(theirs),
		[`${name}OverBareCpuMs`]: rounded(ours - theirs),
	};
}

/** What an item costs, in CPU of the process that runs the workflow. */
export async function cpu(): Promise<Figures> {
	const get = (resource: string, name: string) => (local: LocalService) => ({
		resource,
		operation: 'get',
		[name]: name === 'referenceCode' ? local.id : byId(local.id ?? '12'),
	});
	const payt = await startService('payt');
	const paytNode = builtNode('Payt', 'PaytOAuth2Api', 'packages/n8n-nodes-payt');
	const upsert = {
		resource: 'debtor',
		operation: 'upsert',
		administrationId: byId(payt.id),
		debtorNumber: '={{ $json.number }}',
		debtorIdentifier: '={{ $json.number }}',
		name: 'Jansen',
	};
	const [paytUpsertCpuMs] = await cpuOfAnItem([
		async () => await payt.run(paytNode, paytNode.type, upsert, items(ITEMS)),
	]);
	payt.stop();
	return {
		...(await besideBare(
			'bankAccountGet',
			['sePay', './nodes/shared/sePay/oAuth2Api.js', 'sePay'],
			builtNode('SePay', 'SePayOAuth2Api'),
			'/api/v1/bank-accounts',
			get('bankAccount', 'bankAccountId'),
		)),
		...(await besideBare(
			'gatewayOrderGet',
			['paymentGateway', './nodes/shared/paymentGateway/api.js', 'paymentGateway'],
			builtNode('SePayPaymentGateway', 'SePayPaymentGatewayApi'),
			'/v1/order/detail',
			get('order', 'orderId'),
		)),
		...(await besideBare(
			'invoiceGet',
			['eInvoice', './nodes/shared/eInvoice/api.js', 'eInvoice'],
			builtNode('SePayEInvoice', 'SePayEInvoiceApi'),
			'/v1/invoices',
			get('invoice', 'referenceCode'),
		)),
		paytUpsertCpuMs: rounded(paytUpsertCpuMs),
	};
}
