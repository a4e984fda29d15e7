import { startSandbox } from '../sandbox';

/**
 * A local SePay in a process of its own, so that its cost is not taken for the node's. Takes its
 * options as JSON in the first argument, tells where it is, and answers each message with the
 * status of every call it got.
 */
void startSandbox(JSON.parse(process.argv[2])).then((sandbox) => {
	const { url, client } = sandbox;
	process.send!({ url, client, token: sandbox.issueToken() });
	process.on('message', () => process.send!(sandbox.requests.map(({ status }) => status)));
	process.once('disconnect', () => void sandbox.close());
});
