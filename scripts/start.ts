import path from 'node:path';
import { createInterface } from 'node:readline';
import { startSandbox, type Sandbox, type Transaction } from '../test/sandbox';
import { startBankHub, type BankHub } from '../test/sandbox/bankHub';
import { startPaymentGateway, type PaymentGateway } from '../test/sandbox/paymentGateway';
import { startEInvoice, type EInvoice } from '../test/sandbox/eInvoice';
import { N8nClient, OWNER } from './n8n/client';
import { installRelease } from './n8n/install';
import { Instance } from './n8n/instance';
import { buildPackages, offerPackages, packPackage } from './n8n/package';
import { localPath } from './n8n/paths';
import { freePort } from './n8n/ports';
import { elapsed, reportStep, type ProgressReporter } from './n8n/progress';
import { linkTable, linkWorkflow } from './start/bankHub';
import { buy, checkoutTable, checkoutWorkflow, publishCheckout } from './start/paymentGateway';
import { invoiceTable, invoiceWorkflow } from './start/eInvoice';
import { readState, saveState } from './start/state';
import {
	ensureBankHubCredential,
	ensureCredential,
	ensureEInvoiceCredential,
	ensurePackage,
	ensurePaymentGatewayCredential,
	ensureWorkflow,
	publish,
	runForInvoice,
	runForLink,
	runForPayment,
	runForTransactions,
	storeWorkflow,
} from './start/steps';
import { transactionTable } from './start/transactions';

const N8N_PORT = 5678;
/** SePay delivers to public addresses only; the local one brings what is for this one to n8n. */
const PUBLIC = 'https://n8n.example.com';
const AMOUNT = 100_000;

const report: ProgressReporter = (line) => console.log(line);
const start = Date.now();
const running: {
	sandbox?: Sandbox;
	bankHub?: BankHub;
	eInvoice?: EInvoice;
	gateway?: PaymentGateway;
	n8n?: Instance;
} = {};
let ending: Promise<void> | undefined;

/** Ends everything that was started; more calls wait for the first. */
async function end(): Promise<void> {
	ending ??= (async () => {
		await running.n8n?.stop();
		await running.gateway?.close();
		await running.bankHub?.close();
		await running.eInvoice?.close();
		await running.sandbox?.close();
	})();
	await ending;
}

async function main(): Promise<void> {
	const once = process.argv.includes('--once');
	const memory = await readState();
	await reportStep('Package built', report, buildPackages);
	const packed = await packPackage();
	const release = await installRelease('newest', report);

	const sandbox = await startSandbox({ port: await freePort(memory.sandboxPort) });
	running.sandbox = sandbox;
	memory.sandboxPort = Number(new URL(sandbox.url).port);
	const bankHub = await startBankHub({ port: await freePort(memory.bankHubPort) });
	running.bankHub = bankHub;
	memory.bankHubPort = Number(new URL(bankHub.url).port);
	const gateway = await startPaymentGateway({ port: await freePort(memory.paymentGatewayPort) });
	running.gateway = gateway;
	memory.paymentGatewayPort = Number(new URL(gateway.url).port);
	const eInvoice = await startEInvoice({
		port: await freePort(memory.eInvoicePort),
		jobMs: 1000,
	});
	running.eInvoice = eInvoice;
	memory.eInvoicePort = Number(new URL(eInvoice.url).port);

	const shop = offerPackages([packed], release);
	const instance = new Instance({
		release,
		userFolder: localPath('data'),
		port: memory.n8nPort ?? N8N_PORT,
		path: shop.path,
		env: { ...shop.env, WEBHOOK_URL: PUBLIC },
		logFile: localPath('n8n.log'),
	});
	running.n8n = instance;
	await reportStep(`n8n ${release.version} started`, report, () => instance.start());
	memory.n8nPort = Number(new URL(instance.url).port);
	sandbox.hosts.set(PUBLIC, instance.url);

	const n8n = new N8nClient(instance.url);
	await n8n.signIn();
	await reportStep(`${packed.name} ${packed.version} installed`, report, () =>
		ensurePackage(n8n, packed, memory),
	);
	const credential = await reportStep('Credential connected', report, () =>
		ensureCredential(n8n, sandbox, memory),
	);
	const client = await reportStep('Bank Hub credential connected', report, () =>
		ensureBankHubCredential(n8n, bankHub, memory),
	);
	const merchant = await reportStep('Payment gateway credential connected', report, () =>
		ensurePaymentGatewayCredential(n8n, gateway, memory),
	);
	const issuer = await reportStep('eInvoice credential connected', report, () =>
		ensureEInvoiceCredential(n8n, eInvoice, memory),
	);
	await saveState(memory);
	const list = await ensureWorkflow(n8n, 'list-transactions.json', credential, memory);
	const orders = await ensureWorkflow(n8n, 'payment-confirms-order.json', credential, memory);
	const links = await storeWorkflow(n8n, 'link', linkWorkflow(client), memory);
	const checkout = await storeWorkflow(n8n, 'checkout', checkoutWorkflow(merchant), memory);
	const sale = invoiceWorkflow(issuer, eInvoice);
	const sales = await storeWorkflow(n8n, 'invoice', sale, memory);
	await saveState(memory);
	const transactions = await reportStep(`Workflow "${list.name}" run`, report, () =>
		runForTransactions(n8n, list),
	);
	console.log(`\n${transactionTable(transactions)}\n\n${transactions.length} transactions\n`);

	const { company, link } = await reportStep(`Workflow "${links.name}" run`, report, () =>
		runForLink(n8n, links),
	);
	console.log(`\n${linkTable(company, link)}\n`);

	const shopUrl = await reportStep(`Workflow "${checkout.name}" published`, report, () =>
		publishCheckout(n8n, gateway, checkout, instance.url),
	);
	const bought = await reportStep('A buyer paid on the checkout page, workflow run', report, () =>
		buy(n8n, gateway, checkout, shopUrl),
	);
	console.log(`\n${checkoutTable(bought.payment)}\n\nExecution ${bought.executionId}\n`);
	const { invoice, file } = await reportStep(`Workflow "${sales.name}" run`, report, () =>
		runForInvoice(n8n, sales),
	);
	console.log(`\n${invoiceTable(invoice, file)}\n`);

	await reportStep(`Workflow "${orders.name}" published`, report, () =>
		publish(n8n, sandbox, orders),
	);
	const pay = async (fields: Partial<Transaction>) => {
		const { payment, executionId, outcome } = await reportStep(
			'SePay paid, workflow run',
			report,
			() => runForPayment(n8n, sandbox, orders, { amount_in: AMOUNT, ...fields }),
		);
		console.log(`\n${transactionTable([payment])}\n\nExecution ${executionId}: ${outcome}`);
	};
	// n8n remembers the payments of earlier starts, so this one has an ID that was not there yet.
	const id = Math.floor(Date.now() / 1000);
	const code = `DH${String(id).slice(-8)}`;
	await n8n.addTableRows('SePay Orders', [{ code, amount: AMOUNT, status: 'awaiting payment' }]);
	await pay({ id, transaction_content: `NGUYEN VAN AN ${code}` });
	console.log(`\n${elapsed(start)} from the start`);
	if (once) return await end();

	console.log(`
Editor    ${instance.url}/workflow/${orders.id}
Login     ${OWNER.email}
Password  ${OWNER.password}
SePay     ${sandbox.url} (local sandbox)
Bank Hub  ${bankHub.url} (local sandbox)
Checkout  ${shopUrl} (open it to pay on a local checkout page)
eInvoice  ${eInvoice.url} (local sandbox)
Log       ${path.relative(process.cwd(), localPath('n8n.log'))}

A line typed here is the memo of a new payment. Ctrl-C ends everything.`);
	createInterface(process.stdin).on('line', (memo) => {
		pay({ transaction_content: memo }).catch((error: Error) => console.error(error.message));
	});
}

/** A signal ends the programme: well once it was up, else as a failure. */
let exitCode = 1;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => void end().finally(() => process.exit(exitCode)));
}

main().then(
	() => {
		exitCode = 0;
	},
	async (error: Error) => {
		// What was cut off by a signal is no failure of its own.
		if (ending) return;
		console.error(`\n${process.env.DEBUG ? error.stack : error.message}`);
		await end();
		process.exit(1);
	},
);
