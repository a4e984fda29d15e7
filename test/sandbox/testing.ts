import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eInvoiceContract, validateAnswer, validateRequest } from '../contract';
import type { OpenApi } from '../contract/openApi';
import { startSandbox, type Sandbox, type SandboxOptions } from '.';
import { startBankHub, type BankHub, type BankHubOptions } from './bankHub';
import { startEInvoice, type EInvoice, type EInvoiceOptions } from './eInvoice';
import { formFields } from './form';
import {
	startPaymentGateway,
	type PaymentGateway,
	type PaymentGatewayOptions,
} from './paymentGateway';

type Contract = Pick<OpenApi<string>, 'validateAnswer' | 'validateRequest'>;

const sePay: Contract = { validateAnswer, validateRequest };

export const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';

interface CallOptions {
	/** Default: a new one, of SePay's Admin with all scopes; null: none. */
	token?: string | null;
	body?: unknown;
	headers?: Record<string, string>;
}

interface GatewayCallOptions {
	body?: unknown;
	id?: string;
	secretKey?: string;
}

export interface Answered {
	status: number;
	headers: Headers;
	text: string;
	// Tests look into answers of every shape.
	body: Record<string, never> & { data?: unknown };
}

/** Starts a sandbox before each test, without rate limit unless the options set one. */
export function useSandbox(options: SandboxOptions = {}): () => Sandbox {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimit: false, transactions: 250, ...options });
	});
	afterEach(() => sandbox.close());
	return () => sandbox;
}

/** Starts a Bank Hub before each test. */
export function useBankHub(options: BankHubOptions = {}): () => BankHub {
	let hub: BankHub;
	beforeEach(async () => {
		hub = await startBankHub(options);
	});
	afterEach(() => hub.close());
	return () => hub;
}

/** Starts a payment gateway before each test. */
export function usePaymentGateway(options: PaymentGatewayOptions = {}): () => PaymentGateway {
	let gateway: PaymentGateway;
	beforeEach(async () => {
		gateway = await startPaymentGateway(options);
	});
	afterEach(() => gateway.close());
	return () => gateway;
}

/** Starts an eInvoice before each test. */
export function useEInvoice(options: EInvoiceOptions = {}): () => EInvoice {
	let service: EInvoice;
	beforeEach(async () => {
		service = await startEInvoice(options);
	});
	afterEach(() => service.close());
	return () => service;
}

/**
 * Sends a request: JSON, or a form. The answer, and the request where it was taken, have to be as the
 * contract says.
 */
export async function checked(
	contract: Contract,
	method: string,
	url: URL,
	headers: Record<string, string>,
	body: unknown,
): Promise<Answered> {
	const isForm = body instanceof FormData || body instanceof URLSearchParams;
	const isJson = body !== undefined && !isForm;
	const response = await fetch(url, {
		method,
		headers: { ...headers, ...(isJson && { 'content-type': 'application/json' }) },
		body: isJson ? JSON.stringify(body) : (body as FormData | undefined),
	});
	const text = await response.text();
	const isPage = response.headers.get('content-type')?.startsWith('text/html');
	const answer = text === '' || isPage ? undefined : JSON.parse(text);
	if (!isPage) {
		expect(contract.validateAnswer(method, url.pathname, response.status, answer)).toEqual([]);
	}
	if (response.ok) {
		const query = Object.fromEntries(url.searchParams);
		const sent = isForm ? formFields(body) : body;
		const type = isForm && { 'content-type': 'multipart/form-data' };
		const seen = { ...headers, ...type };
		expect(contract.validateRequest(method, url.pathname, query, sent, seen)).toEqual([]);
	}
	return { status: response.status, headers: response.headers, text, body: answer };
}

const bearing = (token: string | null): Record<string, string> =>
	token === null ? {} : { authorization: `Bearer ${token}` };

/**
 * Calls the API. Every answer has to be as the contract says, and so has every request that the
 * sandbox takes.
 */
export async function call(
	sandbox: Sandbox,
	method: string,
	address: string,
	{ token = sandbox.issueToken().access_token, body }: CallOptions = {},
): Promise<Answered> {
	return await checked(sePay, method, new URL(sandbox.apiUrl + address), bearing(token), body);
}

/** Calls the API for a token, as `call` does; by default with its token. */
export async function callTokenApi(
	{ tokenApi }: Sandbox,
	method: string,
	address: string,
	{ token = tokenApi.token, body, headers }: CallOptions = {},
): Promise<Answered> {
	const url = new URL(tokenApi.url + address);
	return await checked(sePay, method, url, { ...bearing(token), ...headers }, body);
}

/** Calls the API of Bank Hub, as `call` does; a `FormData` is sent as multipart. */
export async function callHub(
	hub: BankHub,
	method: string,
	path: string,
	{ token = hub.issueToken(), body }: CallOptions = {},
): Promise<Answered> {
	return await checked(sePay, method, new URL(hub.url + path), bearing(token), body);
}

/** Calls the API of eInvoice, as `call` does. */
export async function callEInvoice(
	service: EInvoice,
	method: string,
	path: string,
	{ token = service.issueToken(), body }: CallOptions = {},
): Promise<Answered> {
	const url = new URL(service.url + path);
	return await checked(eInvoiceContract, method, url, bearing(token), body);
}

/** Asks Bank Hub, or eInvoice, for an access token. */
export async function requestToken(
	{ url, client }: BankHub | EInvoice,
	{ id = client.id, secret = client.secret } = {},
	contract = sePay,
): Promise<Answered> {
	const basic = Buffer.from(`${id}:${secret}`).toString('base64');
	const headers = { authorization: `Basic ${basic}` };
	return await checked(contract, 'POST', new URL(`${url}/v1/token`), headers, undefined);
}

/** Calls the API of the payment gateway, as `call` does. */
export async function callGateway(
	{ url, merchant }: PaymentGateway,
	method: string,
	path: string,
	{ body, id = merchant.id, secretKey = merchant.secretKey }: GatewayCallOptions = {},
): Promise<Answered> {
	const authorization = `Basic ${Buffer.from(`${id}:${secretKey}`).toString('base64')}`;
	return await checked(sePay, method, new URL(url + path), { authorization }, body);
}

/** `data` of the answer, which has to be a success. */
export async function read<T>(
	sandbox: Sandbox,
	address: string,
	options?: CallOptions,
): Promise<T> {
	const { status, body } = await call(sandbox, 'GET', address, options);
	expect(status).toBe(200);
	return body.data as T;
}

/** Posts form fields to an OAuth endpoint, redirects not followed. */
export async function postForm(
	sandbox: Sandbox,
	path: string,
	fields: Record<string, string>,
	headers: Record<string, string> = {},
): Promise<Answered> {
	const response = await fetch(sandbox.url + path, {
		method: 'POST',
		headers,
		body: new URLSearchParams(fields),
		redirect: 'manual',
	});
	const text = await response.text();
	const body = text.startsWith('{') ? JSON.parse(text) : undefined;
	if (path === '/oauth/token') {
		expect(validateAnswer('POST', path, response.status, body)).toEqual([]);
		if (response.ok) expect(validateRequest('POST', path, {}, fields)).toEqual([]);
	}
	return { status: response.status, headers: response.headers, text, body };
}

/** Fields of a webhook that every variant takes. */
export function newWebhook(fields: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		name: 'Orders',
		bank_account_id: 12,
		event_type: 'All',
		authen_type: 'No_Authen',
		request_content_type: 'Json',
		webhook_url: 'https://shop.example.com/hook',
		is_verify_payment: 0,
		skip_if_no_code: 0,
		...fields,
	};
}

/** Creates a webhook by the API. */
export async function createWebhook(
	sandbox: Sandbox,
	fields?: Record<string, unknown>,
): Promise<number> {
	const { status, body } = await call(sandbox, 'POST', '/webhooks', { body: newWebhook(fields) });
	expect([status, body]).toEqual([200, expect.objectContaining({ status: 'success' })]);
	return (body.data as { id: number }).id;
}

const HOUR = 3_600_000;

/** Waits for the turn of an hour, and so of a day, that is near: then a list is read as a whole. */
export async function passHourTurn(): Promise<void> {
	const left = HOUR - (Date.now() % HOUR);
	if (left < 20_000) await new Promise((resolve) => setTimeout(resolve, left));
}

/** Waits for something that happens soon. */
export async function waitUntil(condition: () => boolean): Promise<void> {
	const end = performance.now() + 20_000;
	while (!condition()) {
		if (performance.now() > end) throw new Error(`Waited in vain for ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

/** Proves that this is how many seconds are left of so many, which began after `since` (`performance.now()`). */
export function expectLeft(text: string | null, seconds: number, since: number): void {
	const gone = Math.floor((performance.now() - since) / 1000);
	expect(Number(text)).toBeGreaterThanOrEqual(seconds - gone);
	expect(Number(text)).toBeLessThanOrEqual(seconds);
}

export interface Received {
	path: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export interface Receiver {
	url: string;
	received: Received[];
	/** Decides the answer; default 201 with `{"success":true}`. */
	answer: (
		request: Received,
	) => { status: number; body?: string; headers?: Record<string, string> } | 'cut' | 'hang';
	close(): Promise<void>;
}

/** A server that webhooks are sent to. */
export async function startReceiver(): Promise<Receiver> {
	const receiver: Receiver = {
		url: '',
		received: [],
		answer: () => ({ status: 201, body: '{"success":true}' }),
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
	const server = createServer(async (req, res) => {
		const chunks: Buffer[] = [];
		for await (const chunk of req) chunks.push(chunk);
		const request = { path: req.url ?? '', headers: req.headers, body: Buffer.concat(chunks) };
		receiver.received.push(request);
		const answer = receiver.answer(request);
		if (answer === 'hang') return;
		if (answer === 'cut') res.destroy();
		else res.writeHead(answer.status, answer.headers).end(answer.body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return receiver;
}
