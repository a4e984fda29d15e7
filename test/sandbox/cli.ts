import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startSandbox } from '.';
import { startBankHub, TEST_ACCOUNTS } from './bankHub';
import { startPaymentGateway } from './paymentGateway';
import { startEInvoice } from './eInvoice';

const options = {
	port: { type: 'string', default: '0' },
	'bank-hub-port': { type: 'string', default: '0' },
	'payment-gateway-port': { type: 'string', default: '0' },
	'einvoice-port': { type: 'string', default: '0' },
	'private-webhooks': { type: 'boolean', default: false },
	'ipn-url': { type: 'string' },
	'ipn-key': { type: 'string', default: '' },
} as const;

async function main(): Promise<void> {
	const { values } = parseArgs({ options });
	const sandbox = await startSandbox({ port: Number(values.port), orderAccounts: true });
	const hub = await startBankHub({ port: Number(values['bank-hub-port']) });
	const gateway = await startPaymentGateway({ port: Number(values['payment-gateway-port']) });
	gateway.allowPrivateWebhooks = values['private-webhooks'];
	const eInvoice = await startEInvoice({ port: Number(values['einvoice-port']), jobMs: 2000 });
	sandbox.allowPrivateWebhooks = values['private-webhooks'];
	hub.allowPrivateWebhooks = values['private-webhooks'];
	const { 'ipn-url': url, 'ipn-key': apiKey } = values;
	if (url !== undefined) {
		hub.ipn = { url, apiKey };
		gateway.ipn = { url, secretKey: apiKey };
	}
	console.log(`SePay sandbox
  authorize      ${sandbox.url}/oauth/authorize
  token          ${sandbox.url}/oauth/token
  API            ${sandbox.apiUrl}
  client id      ${sandbox.client.id}
  client secret  ${sandbox.client.secret}
  scopes         ${sandbox.client.scopes.join(' ')}
  access token   ${sandbox.issueToken().access_token}
SePay sandbox with an API token
  address        ${sandbox.tokenApi.url}
  API token      ${sandbox.tokenApi.token}
Bank Hub sandbox
  address        ${hub.url}
  client id      ${hub.client.id}
  client secret  ${hub.client.secret}
  access token   ${hub.issueToken()}
  IPN            ${hub.ipn?.url ?? 'none; set one with --ipn-url and --ipn-key'}
  test accounts  ${TEST_ACCOUNTS.length}, to be linked on the page of a link token
Payment gateway sandbox
  address        ${gateway.url}
  checkout form  ${gateway.url}/v1/checkout/init
  merchant ID    ${gateway.merchant.id}
  secret key     ${gateway.merchant.secretKey}
eInvoice sandbox
  address        ${eInvoice.url}
  client id      ${eInvoice.client.id}
  client secret  ${eInvoice.client.secret}
A line typed here is the memo of a new payment, at both. Ctrl+C ends the sandbox.`);
	const lines = createInterface(process.stdin);
	lines.on('line', (line) => {
		const { id } = sandbox.addTransaction({ transaction_content: line });
		const { transaction_id } = hub.addTransaction({ transaction_content: line });
		console.log(`  transaction ${id}, at Bank Hub ${transaction_id}`);
	});
	process.once('SIGINT', () => {
		lines.close();
		void sandbox.close();
		void hub.close();
		void gateway.close();
		void eInvoice.close();
	});
}

void main();
