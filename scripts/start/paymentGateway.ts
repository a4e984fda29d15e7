import type { PaymentGateway } from '../../test/sandbox/paymentGateway';
import { itemsOf, type N8nClient } from '../n8n/client';
import type { Credential, Execution, Workflow, WorkflowDefinition } from '../n8n/types';
import { waitUntil } from '../n8n/waitUntil';
import { formatTable } from './table';

const PATH = 'sepay-demo-checkout';
const IPN = 'sepay-demo-ipn';
const PAID = 'Order Paid';

/** A page that leads a buyer to the checkout page, and a trigger for what is paid there. */
export function checkoutWorkflow({ id, name }: Credential): WorkflowDefinition {
	const node = (
		nodeName: string,
		type: string,
		typeVersion: number,
		position: number[],
		parameters: Record<string, unknown>,
		more: object = {},
	) => ({ id: nodeName, name: nodeName, type, typeVersion, position, parameters, ...more });
	const credentials = { sePayPaymentGatewayApi: { id, name } };
	const next = (after: string) => ({ main: [[{ node: after, type: 'main', index: 0 }]] });
	return {
		name: 'SePay Payment Gateway: a checkout page',
		nodes: [
			node(
				'Shop',
				'n8n-nodes-base.webhook',
				2.1,
				[0, 0],
				{ path: PATH, responseMode: 'responseNode', options: {} },
				{ webhookId: PATH },
			),
			node(
				'Create Checkout',
				'n8n-nodes-sepay.sePayPaymentGateway',
				1,
				[220, 0],
				{
					resource: 'checkout',
					operation: 'create',
					amount: 100_000,
					description: 'Thanh toán đơn hàng thử',
					invoiceNumber: '=DH{{ $now.toMillis() }}',
				},
				{ credentials },
			),
			node('Payment Page', 'n8n-nodes-base.respondToWebhook', 1.4, [440, 0], {
				respondWith: 'text',
				responseBody: '={{ $json.html }}',
				options: {
					responseHeaders: {
						entries: [{ name: 'Content-Type', value: 'text/html; charset=utf-8' }],
					},
				},
			}),
			node(
				PAID,
				'n8n-nodes-sepay.sePayPaymentGatewayTrigger',
				1,
				[0, 220],
				{},
				{ credentials, webhookId: IPN },
			),
		] as WorkflowDefinition['nodes'],
		connections: { Shop: next('Create Checkout'), 'Create Checkout': next('Payment Page') },
	};
}

/**
 * Publishes the workflow, and tells the payment gateway where it listens.
 * @returns the URL that a buyer opens
 */
export async function publishCheckout(
	n8n: N8nClient,
	gateway: PaymentGateway,
	{ id }: Workflow,
	n8nUrl: string,
): Promise<string> {
	const url = `${n8nUrl}/webhook/${IPN}/webhook`;
	gateway.allowPrivateWebhooks = true;
	gateway.ipn = { url, secretKey: gateway.merchant.secretKey };
	await n8n.publish(id);
	await waitUntil('n8n listens for IPNs', async () => {
		const { status } = await fetch(url, { method: 'POST' });
		return status === 401;
	});
	return `${n8nUrl}/webhook/${PATH}`;
}

/** Posts the form of a page with more fields, as a browser does. */
async function submit(page: Response, fields: Record<string, string> = {}): Promise<Response> {
	const html = await page.text();
	const unescape = (text: string) =>
		text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
	const [, action] = /<form method="post" action="([^"]*)"/.exec(html) ?? [];
	if (!action) throw new Error(`This is no page with a form: ${html}`);
	const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/gs)];
	const body = new URLSearchParams(fields);
	for (const [, name, value] of inputs) body.set(unescape(name), unescape(value));
	return await fetch(new URL(unescape(action), page.url), { method: 'POST', body });
}

/** Buys and pays as a buyer does; returns what the trigger put out, and in which execution. */
export async function buy(
	n8n: N8nClient,
	gateway: PaymentGateway,
	workflow: Workflow,
	url: string,
) {
	const paymentPage = await submit(await fetch(url));
	const { order_invoice_number } = gateway.orders.at(-1)!;
	await submit(paymentPage, { payment_method: 'NAPAS_BANK_TRANSFER', end: 'paid' });
	const paidIn = (execution: Execution) =>
		itemsOf(execution, PAID).find(({ json }) => json.invoiceNumber === order_invoice_number);
	const execution = await n8n.waitUntilExecuted(workflow.id, (one) => paidIn(one) !== undefined);
	return { payment: paidIn(execution)!.json, executionId: execution.id };
}

/** A payment as the trigger put it out, as lines of text. */
export function checkoutTable(payment: Record<string, unknown>): string {
	return formatTable(
		[
			{ title: 'Invoice number', text: (row) => String(row.invoiceNumber) },
			{ title: 'Event', text: (row) => String(row.event) },
			{ title: 'Method', text: (row) => String(row.paymentMethod) },
			{
				title: 'VND',
				text: (row) => Number(row.amount).toLocaleString('en-US'),
				align: 'right',
			},
		],
		[payment],
	);
}
