import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TestCredentials } from '../harness/credentials';
import { outputOf, runNode } from '../harness/run';
import { bareNode, cpuOfAnItem } from './cpu';
import type { Line } from './run';

// The built package, as users run it.
const built = createRequire(join(__dirname, '../../dist/index.js'));
const { SePayPaymentGatewayApi } = built(
	'./credentials/SePayPaymentGatewayApi.credentials.js',
) as typeof import('../../credentials/SePayPaymentGatewayApi.credentials');
const { SePayPaymentGateway } = built(
	'./nodes/SePayPaymentGateway/SePayPaymentGateway.node.js',
) as typeof import('../../nodes/SePayPaymentGateway/SePayPaymentGateway.node');
const { paymentGateway } = built(
	'./nodes/shared/paymentGateway/api.js',
) as typeof import('../../nodes/shared/paymentGateway/api');

const credentialType = 'sePayPaymentGatewayApi';

/** What an order read by the payment gateway's node costs. */
export async function gatewayOrders(): Promise<Line> {
	const child = fork(join(__dirname, 'gatewayServer.ts'), { execArgv: ['--import', 'tsx'] });
	const [{ url, merchant, orderId }] = await once(child, 'message');
	paymentGateway.rateLimit.calls = Infinity;
	const credentials = new TestCredentials([new SePayPaymentGatewayApi()], {
		[credentialType]: {
			environment: 'custom',
			baseUrl: url,
			merchantId: merchant.id,
			secretKey: merchant.secretKey,
		},
	});
	const order = { __rl: true, mode: 'id', value: orderId };
	const line = await cpuOfAnItem(
		'Order: Get',
		{
			ours: [new SePayPaymentGateway(), { resource: 'order', operation: 'get', orderId: order }],
			bare: [bareNode(credentialType, url, '/v1/order/detail'), { id: orderId }],
		},
		async (type, parameters, items) => {
			const input = Array.from({ length: items }, () => ({ json: {} }));
			const result = await runNode({ type, parameters, credentials, credentialType, input });
			if (result.data.resultData.error) throw result.data.resultData.error;
			return outputOf(result);
		},
	);
	child.disconnect();
	return line;
}
