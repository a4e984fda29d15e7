import type { IDataObject } from 'n8n-workflow';
import { SePayPaymentGatewayApi } from '../../../credentials/SePayPaymentGatewayApi.credentials';
import { SePayPaymentGateway } from '../../../nodes/SePayPaymentGateway/SePayPaymentGateway.node';
import { paymentGateway } from '../../../nodes/shared/paymentGateway/api';
import { validateRequest } from '../../contract';
import { TestCredentials } from '../../harness/credentials';
import { testCredential } from '../../harness/credentialTest';
import { createNodeTester, type NodeTester } from '../../harness/nodeTester';
import {
	startPaymentGateway,
	type Order,
	type PaymentGateway,
	type Variants,
} from '../../sandbox/paymentGateway';

export { byId, allTextOf } from '../../harness/nodeTester';

export const credentialType = 'sePayPaymentGatewayApi';

export interface Tester extends NodeTester {
	gateway: PaymentGateway;
	/** Tests the credential as n8n does when it is saved. */
	test(): ReturnType<typeof testCredential>;
	/** Changes what is stored of the credential. */
	store(fields: IDataObject): void;
	/** The calls since the last `gateway.clearRequests()`, as `GET /order`. */
	calls(): string[];
	/** The same with query and body. */
	sent(): Array<{ call: string; query: Record<string, string>; body: unknown }>;
}

const nodeType = new SePayPaymentGateway();
const type = new SePayPaymentGatewayApi();

function createTester(gateway: PaymentGateway): Tester {
	const credentials = new TestCredentials([type], {
		[credentialType]: {
			environment: 'custom',
			baseUrl: gateway.url,
			merchantId: gateway.merchant.id,
			secretKey: gateway.merchant.secretKey,
		},
	});
	const { id, secretKey } = gateway.merchant;
	const basic = Buffer.from(`${id}:${secretKey}`).toString('base64');
	const tester: Tester = {
		...createNodeTester({
			type: nodeType,
			credentials,
			credentialType,
			secrets: () => [secretKey, basic],
		}),
		gateway,
		test: async () => await testCredential(type, credentials),
		store: (fields) => Object.assign(credentials.store[credentialType], fields),
		calls: () => tester.sent().map(({ call }) => call),
		sent: () =>
			gateway.requests.map(({ method, path, query, body }) => ({
				call: `${method} ${path.slice('/v1'.length)}`,
				query,
				body,
			})),
	};
	return tester;
}

/**
 * A local payment gateway and a signed-in node before each test, without a rate limit. After it,
 * every request that reached it has to be as the contract says.
 */
export function useGateway(): Tester {
	const tester = {} as Tester;
	const { calls } = paymentGateway.rateLimit;
	beforeAll(() => {
		paymentGateway.rateLimit.calls = Infinity;
	});
	afterAll(() => {
		paymentGateway.rateLimit.calls = calls;
	});
	beforeEach(async () => {
		const gateway = await startPaymentGateway();
		Object.assign(tester, createTester(gateway));
		expect(await tester.test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		gateway.clearRequests();
	});
	afterEach(async () => {
		await tester.gateway.close();
		for (const { method, path, query, body, rawBody } of tester.gateway.requests) {
			const problems = validateRequest(method, path, query, body);
			expect({ method, path, query, body: rawBody, problems }).toMatchObject({ problems: [] });
		}
	});
	return tester;
}

/** The forms in which the gateway may answer; the node's simplified output is the same under each. */
export const answerForms: Array<[name: string, variants: Partial<Variants>]> = [
	['as the documents show', {}],
	['orders by invoice number', { detailBy: 'invoiceNumber' }],
	['orders by either', { detailBy: 'both' }],
	['400 for an unknown order', { unknownOrder: 400 }],
	['null for an unknown order', { unknownOrder: 'null', detailBy: 'invoiceNumber' }],
	['the names of the library', { lastDay: 'to_created_at', sort: 'brackets' }],
	['amounts without decimals', { amounts: 'digits' }],
	['amounts as numbers', { amounts: 'number' }],
	['2 rows a page at most', { maxPerPage: 2 }],
	['no page of an empty list', { emptyPageCount: 0 }],
];

/** The rows as the API lists them, the newest first. */
export const newestFirst = <T>(rows: T[]): T[] => [...rows].reverse();

/** Vietnam time as Simplify gives it. */
export const iso = (time: string) => `${time.replace(' ', 'T')}+07:00`;

/** An order as Simplify gives it in a list. */
export const simple = (order: Order): IDataObject => ({
	id: String(order.id),
	orderId: order.order_id,
	invoiceNumber: order.order_invoice_number,
	status: order.order_status,
	amount: order.order_amount,
	currency: 'VND',
	description: order.order_description,
	customerId: order.customer_id,
	createdAt: iso(order.created_at),
	updatedAt: iso(order.updated_at),
});
