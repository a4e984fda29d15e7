import type { WorkflowDefinition } from '../../../scripts/n8n/types';
import { waitUntil } from '../../../scripts/n8n/waitUntil';
import type { E2eHost } from './n8nHost';
import { workflowOf } from './run';

export const WAIT = 'Wait for Payment';
/** What each order of the shop costs, VND. */
export const AMOUNT = 100_000;

export const codeOf = (order: number) => `DH${700_000 + order}`;

/**
 * Publishes a workflow that waits for each order posted to it.
 *
 * @param after what comes behind the wait
 * @param url of the n8n process that takes orders; default: the one of the rig
 */
export async function publishShop(
	host: E2eHost,
	path: string,
	giveUpAfter: number,
	after: Parameters<typeof workflowOf>[1][string],
	{ url, settings = {} }: { url?: string; settings?: WorkflowDefinition['settings'] } = {},
) {
	const definition = workflowOf(host, {
		[WAIT]: {
			resource: 'payment',
			operation: 'waitForPayment',
			code: '={{ $json.body.code }}',
			amount: AMOUNT,
			giveUpAfter,
		},
		After: after,
	});
	const parameters = { httpMethod: 'POST', path, options: {} };
	Object.assign(definition.nodes[0], {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters,
		webhookId: path,
	});
	const { id } = await host.n8n.saveWorkflow({
		...definition,
		settings: { executionOrder: 'v1', ...settings },
	});
	await host.n8n.publish(id);
	const order = async (number: number) => {
		const response = await fetch(`${url ?? host.instance.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ code: codeOf(number) }),
		});
		return response.ok;
	};
	await waitUntil(`the shop takes orders`, async () => await order(0));
	return { id, order };
}
