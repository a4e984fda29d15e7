import '../setup';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sleep, type INodeExecutionData, type INodeParameters, type INodeType } from 'n8n-workflow';
import { TestCredentials } from '../harness/credentials';
import { outputOf, runNode } from '../harness/run';
import type { OAuthToken, Sandbox, SandboxOptions } from '../sandbox';
import { bareNode, cpuOfAnItem } from './cpu';
import { deliveries } from './deliveries';
import { invoices } from './invoices';
import { gatewayOrders } from './paymentGateway';

// The built package, as users run it.
const built = createRequire(join(__dirname, '../../dist/index.js'));
const { SePayOAuth2Api } = built(
	'./credentials/SePayOAuth2Api.credentials.js',
) as typeof import('../../credentials/SePayOAuth2Api.credentials');
const { SePay } = built(
	'./nodes/SePay/SePay.node.js',
) as typeof import('../../nodes/SePay/SePay.node');
const { sePay } = built(
	'./nodes/shared/sePay/oAuth2Api.js',
) as typeof import('../../nodes/shared/sePay/oAuth2Api');

/** A line of the report: what was measured, the figure, and what it is compared with. */
export interface Line {
	measured: string;
	figure: string;
	beside: string;
	ratio: string;
}

const report: Line[] = [];
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

interface Server {
	url: string;
	client: Sandbox['client'];
	token: OAuthToken;
	/** The status of every call so far. */
	statuses(): Promise<number[]>;
	stop(): void;
}

async function start(options: SandboxOptions): Promise<Server> {
	const child = fork(join(__dirname, 'server.ts'), [JSON.stringify(options)], {
		execArgv: ['--import', 'tsx'],
	});
	const [address] = await once(child, 'message');
	const statuses = async () => {
		child.send('statuses');
		return (await once(child, 'message'))[0] as number[];
	};
	return { ...address, statuses, stop: () => child.disconnect() };
}

async function main() {
	const run = async (
		server: Server,
		type: INodeType,
		parameters: INodeParameters,
		items = 1,
	): Promise<INodeExecutionData[]> => {
		const credentials = new TestCredentials([new SePayOAuth2Api()], {
			sePayOAuth2Api: {
				environment: 'custom',
				baseUrl: server.url,
				clientId: server.client.id,
				clientSecret: server.client.secret,
				oauthTokenData: { ...server.token },
			},
		});
		const input = Array.from({ length: items }, () => ({ json: {} }));
		const credentialType = 'sePayOAuth2Api';
		const result = await runNode({ type, parameters, credentials, credentialType, input });
		if (result.data.resultData.error) throw result.data.resultData.error;
		return outputOf(result);
	};
	const getAccount: INodeParameters = {
		resource: 'bankAccount',
		operation: 'get',
		bankAccountId: { __rl: true, mode: 'id', value: '12' },
	};

	/** Time under SePay's limit of 3 calls a second, beside the least that the limit allows. */
	const underLimit = async (
		name: string,
		calls: number,
		latencyMs: number,
		parameters: INodeParameters,
		items: number,
	) => {
		const server = await start({ transactions: 10_000, latencyMs });
		await run(server, new SePay(), { resource: 'profile', operation: 'get' }); // warms up
		await sleep(1100);
		const started = performance.now();
		await run(server, new SePay(), parameters, items);
		const took = performance.now() - started;
		const ideal = (calls / 3) * 1000;
		const [, ...statuses] = await server.statuses();
		const refused = statuses.filter((status) => status === 429).length;
		report.push({
			measured: name,
			figure: `${seconds(took)}, ${statuses.length} calls, ${refused} times 429`,
			beside: `${seconds(ideal)} at 3 calls a second`,
			ratio: (took / ideal).toFixed(3),
		});
		server.stop();
	};
	const everything: INodeParameters = {
		resource: 'transaction',
		operation: 'getAll',
		returnAll: true,
		filters: { fromDate: '2000-01-01' },
	};
	await underLimit('Bank Account: Get, 100 items', 100, 0, getAccount, 100);
	await Promise.all([
		underLimit('Return All, 100 pages, answers at once', 100, 0, everything, 1),
		underLimit('Return All, 100 pages, answers after 300 ms', 100, 300, everything, 1),
		underLimit('Return All, 100 pages, answers after 1000 ms', 100, 1000, everything, 1),
	]);

	const server = await start({ transactions: 100, rateLimit: false });
	sePay.rateLimit.calls = Infinity;
	const bare = bareNode('sePayOAuth2Api', '={{ $credentials.apiUrl }}', '/bank-accounts');
	report.push(
		await cpuOfAnItem(
			'Bank Account: Get',
			{ ours: [new SePay(), getAccount], bare: [bare, {}] },
			async (...way) => await run(server, ...way),
		),
	);
	server.stop();
	report.push(await gatewayOrders());
	report.push(await invoices());
	report.push(...(await deliveries()));
	console.table(report);
}

main()
	.catch((error) => {
		console.error(error);
		process.exitCode = 1;
	})
	.finally(() => process.exit());
