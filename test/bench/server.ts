import { startSandbox } from '../sandbox';

/** A local SePay in a process of its own, so that its cost is not taken for the node's. */
void startSandbox({ transactions: 100, rateLimit: false }).then((sandbox) => {
	process.send!({ url: sandbox.url, client: sandbox.client, token: sandbox.issueToken() });
	process.once('disconnect', () => void sandbox.close());
});
