import path from 'node:path';
import type { Sandbox, Transaction } from '../../test/sandbox';
import type { BankHub } from '../../test/sandbox/bankHub';
import type { PaymentGateway } from '../../test/sandbox/paymentGateway';
import type { EInvoice } from '../../test/sandbox/eInvoice';
import { itemsOf, type N8nClient } from '../n8n/client';
import type { Packed } from '../n8n/package';
import { REPOSITORY } from '../n8n/paths';
import type { Credential, Execution, Workflow, WorkflowDefinition } from '../n8n/types';
import { waitUntil } from '../n8n/waitUntil';
import { readWorkflow } from '../n8n/workflow';
import type { StartState } from './state';
import { isTransaction } from './transactions';

const OAUTH2 = 'sePayOAuth2Api';
const BANK_HUB = 'sePayBankHubApi';
const PAYMENT_GATEWAY = 'sePayPaymentGatewayApi';
const E_INVOICE = 'sePayEInvoiceApi';

/** Installs the packed package unless exactly this one is installed. */
export async function ensurePackage(
	n8n: N8nClient,
	packed: Packed,
	memory: StartState,
): Promise<void> {
	const packages = await n8n.installedPackages();
	const installed = packages.find(({ packageName }) => packageName === packed.name);
	const isCurrent = memory.package === packed.integrity && installed?.failedLoading !== true;
	if (installed && isCurrent) return;
	if (installed) await n8n.uninstallPackage(packed.name);
	await n8n.installPackage(packed.name);
	memory.package = packed.integrity;
}

/** Makes or refreshes the credential for this SePay and connects it through the consent page. */
export async function ensureCredential(
	n8n: N8nClient,
	{ url, client }: Sandbox,
	memory: StartState,
): Promise<Credential> {
	const credential = await storeCredential(n8n, memory.credentialId, OAUTH2, 'SePay', {
		environment: 'custom',
		baseUrl: url,
		requestedScopes: client.scopes,
		clientId: client.id,
		clientSecret: client.secret,
	});
	await n8n.connectOAuth2(credential.id);
	memory.credentialId = credential.id;
	return credential;
}

/**
 * Makes or refreshes a credential that holds a client ID and a secret.
 * @throws with the words of the credential's own test when it does not connect
 */
async function ensureClientCredential(
	n8n: N8nClient,
	{ url, client }: BankHub | EInvoice,
	known: string | undefined,
	type: string,
	service: string,
): Promise<Credential> {
	const credential = await storeCredential(n8n, known, type, service, {
		environment: 'custom',
		baseUrl: url,
		clientId: client.id,
		clientSecret: client.secret,
	});
	await assertConnects(n8n, credential, service);
	return credential;
}

/** Makes or refreshes the credential for this Bank Hub. */
export async function ensureBankHubCredential(
	n8n: N8nClient,
	bankHub: BankHub,
	memory: StartState,
): Promise<Credential> {
	const known = memory.bankHubCredentialId;
	const credential = await ensureClientCredential(n8n, bankHub, known, BANK_HUB, 'SePay Bank Hub');
	memory.bankHubCredentialId = credential.id;
	return credential;
}

/**
 * Makes or refreshes the credential for this payment gateway.
 * @throws with the words of the credential's own test when it does not connect
 */
export async function ensurePaymentGatewayCredential(
	n8n: N8nClient,
	{ url, merchant }: PaymentGateway,
	memory: StartState,
): Promise<Credential> {
	const known = memory.paymentGatewayCredentialId;
	const name = 'SePay Payment Gateway';
	const credential = await storeCredential(n8n, known, PAYMENT_GATEWAY, name, {
		environment: 'custom',
		baseUrl: url,
		merchantId: merchant.id,
		secretKey: merchant.secretKey,
	});
	await assertConnects(n8n, credential, 'payment gateway');
	memory.paymentGatewayCredentialId = credential.id;
	return credential;
}

async function assertConnects(
	n8n: N8nClient,
	credential: Credential,
	service: string,
): Promise<void> {
	const { status, message } = await n8n.testCredential(credential);
	if (status !== 'OK') throw new Error(`The ${service} credential does not connect: ${message}`);
}

/** Makes or refreshes the credential for this eInvoice. */
export async function ensureEInvoiceCredential(
	n8n: N8nClient,
	eInvoice: EInvoice,
	memory: StartState,
): Promise<Credential> {
	const known = memory.eInvoiceCredentialId;
	const credential = await ensureClientCredential(
		n8n,
		eInvoice,
		known,
		E_INVOICE,
		'SePay eInvoice',
	);
	memory.eInvoiceCredentialId = credential.id;
	return credential;
}

async function storeCredential(
	n8n: N8nClient,
	knownId: string | undefined,
	type: string,
	service: string,
	data: Record<string, unknown>,
): Promise<Credential> {
	const known = (await n8n.credentials()).find(({ id }) => id === knownId);
	if (known) await n8n.updateCredential(known, data);
	return known ?? (await n8n.createCredential(type, `${service} (local sandbox)`, data));
}

/** Stores the workflow with this name in the memory, in place of the one of an earlier start. */
export async function storeWorkflow(
	n8n: N8nClient,
	key: string,
	definition: WorkflowDefinition,
	memory: StartState,
): Promise<Workflow> {
	const ids = (memory.workflowIds ??= {});
	const known = ids[key] && (await n8n.workflow(ids[key]).catch(() => undefined));
	const workflow = await n8n.saveWorkflow(definition, known ? known.id : undefined);
	ids[key] = workflow.id;
	return workflow;
}

/** Imports an example; an earlier import is put back to what the file says. */
export async function ensureWorkflow(
	n8n: N8nClient,
	file: string,
	credential: Credential,
	memory: StartState,
): Promise<Workflow> {
	const definition = await readWorkflow(path.join(REPOSITORY, 'examples', file), {
		[OAUTH2]: credential,
	});
	return await storeWorkflow(n8n, file, definition, memory);
}

/**
 * Runs the workflow and returns the transactions that its last node to bring any brought.
 * @throws with the node's own words when the run failed or brought none
 */
export async function runForTransactions(
	n8n: N8nClient,
	workflow: Workflow,
): Promise<Array<Record<string, unknown>>> {
	const execution = succeeded(await n8n.runWorkflow(workflow.id));
	const found = Object.keys(execution.data.resultData.runData)
		.map((node) => itemsOf(execution, node).map(({ json }) => json))
		.filter((rows) => rows.some(isTransaction));
	const last = found.at(-1)?.filter(isTransaction);
	if (!last) throw new Error(`"${workflow.name}" ran and brought no transactions`);
	return last;
}

/**
 * Runs the workflow of Bank Hub and returns the company and the link that was made for it.
 * @throws with the node's own words when the run failed
 */
export async function runForLink(n8n: N8nClient, workflow: Workflow) {
	const execution = succeeded(await n8n.runWorkflow(workflow.id));
	const [[company], [link]] = ['Companies', 'Link'].map((node) => itemsOf(execution, node));
	return { company: company.json, link: link.json };
}

/**
 * Runs the workflow of eInvoice and returns the invoice and its file.
 * @throws with the node's own words when the run failed
 */
export async function runForInvoice(n8n: N8nClient, workflow: Workflow) {
	const execution = succeeded(await n8n.runWorkflow(workflow.id));
	const [[invoice], [file]] = ['Invoice', 'File'].map((node) => itemsOf(execution, node));
	return { invoice: invoice.json, file: file.json };
}

/**
 * Makes the Data Tables of an example that waits for payments, publishes it, and waits until SePay
 * has its address and n8n listens there.
 */
export async function publish(
	n8n: N8nClient,
	{ data, deliver }: Sandbox,
	workflow: Workflow,
): Promise<void> {
	succeeded(await n8n.runWorkflow(workflow.id, 'Set Up'));
	await n8n.publish(workflow.id);
	const { id } = await waitUntil('the webhook is registered', () => data.webhooks[0]);
	await waitUntil('n8n listens for payments', async () => (await deliver(id)).ok);
}

/** A payment, and what the workflow that it started made of it. */
export interface Paid {
	/** As the trigger put it out. */
	payment: Record<string, unknown>;
	executionId: string;
	outcome: string;
}

/** Lets SePay send a payment, and waits for the execution that it starts. */
export async function runForPayment(
	n8n: N8nClient,
	sandbox: Sandbox,
	workflow: Workflow,
	fields: Partial<Transaction>,
): Promise<Paid> {
	const { id } = sandbox.addTransaction(fields);
	const received = (execution: Execution) =>
		itemsOf(execution, 'Payment Received').find(({ json }) => json.id === id)?.json;
	const execution = succeeded(await n8n.waitUntilExecuted(workflow.id, (one) => !!received(one)));
	const [problem] = itemsOf(execution, 'Payment and Problem');
	return {
		payment: received(execution)!,
		executionId: execution.id,
		outcome: problem ? String(problem.json.problem) : 'the order is paid',
	};
}

/** @throws with the node's own words unless the execution ended well */
function succeeded(execution: Execution): Execution {
	if (execution.status === 'success') return execution;
	const { error, lastNodeExecuted } = execution.data.resultData;
	const where = lastNodeExecuted ? ` at "${lastNodeExecuted}"` : '';
	const what = [error?.message, error?.description].filter(Boolean).join('\n');
	throw new Error(`The run ended with ${execution.status}${where}: ${what}`);
}
