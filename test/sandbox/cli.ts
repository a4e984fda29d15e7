import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startSandbox } from '.';

const options = {
	port: { type: 'string', default: '0' },
	'private-webhooks': { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
	const { values } = parseArgs({ options });
	const sandbox = await startSandbox({ port: Number(values.port) });
	sandbox.allowPrivateWebhooks = values['private-webhooks'];
	console.log(`SePay sandbox
  authorize      ${sandbox.url}/oauth/authorize
  token          ${sandbox.url}/oauth/token
  API            ${sandbox.apiUrl}
  client id      ${sandbox.client.id}
  client secret  ${sandbox.client.secret}
  scopes         ${sandbox.client.scopes.join(' ')}
  access token   ${sandbox.issueToken().access_token}
A line typed here is the memo of a new payment. Ctrl+C ends the sandbox.`);
	const lines = createInterface(process.stdin);
	lines.on('line', (line) => {
		const { id } = sandbox.addTransaction({ transaction_content: line });
		console.log(`  transaction ${id}`);
	});
	process.once('SIGINT', () => {
		lines.close();
		void sandbox.close();
	});
}

void main();
