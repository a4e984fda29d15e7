import { SePayTokenApi } from '../../../../credentials/SePayTokenApi.credentials';
import { TestCredentials } from '../../../harness/credentials';
import { createNodeTester, type NodeTester } from '../../../harness/nodeTester';
import { simplifiedTransaction } from '../../../harness/simplified';
import {
	uuidOf,
	type BankAccount,
	type Sandbox,
	type SandboxOptions,
	type Transaction,
} from '../../../sandbox';
import { nodeType, requestsBelow, useSandbox } from '../sePay';

export { byId } from '../../../harness/nodeTester';

export interface TokenTester extends NodeTester {
	sandbox: Sandbox;
	/** The API calls since the last `sandbox.clearRequests()`, as `GET /transactions`. */
	sent(): ReturnType<typeof requestsBelow>;
}

const credentialType = 'sePayTokenApi';

function createTester(sandbox: Sandbox): TokenTester {
	const { url, token } = sandbox.tokenApi;
	const credentials = new TestCredentials([new SePayTokenApi()], {
		[credentialType]: { environment: 'custom', baseUrl: url, apiToken: token },
	});
	return {
		...createNodeTester({ type: nodeType, credentials, credentialType, secrets: () => [token] }),
		sandbox,
		sent: () => requestsBelow(sandbox.requests, '/v2'),
	};
}

/** As `useSePayTester`, with an API token. */
export const useTokenTester = (options: SandboxOptions = {}): TokenTester =>
	useSandbox(createTester, options);

/** The parameters that name an operation. */
export const byToken = (resource: string, operation: string) => ({
	authentication: 'apiToken',
	resource,
	operation,
});

export const accountId = ({ id }: Pick<BankAccount, 'id'>) => uuidOf('account', id);

/** What Simplify makes of a transaction: the same as with OAuth2, but for its ID. */
export const simplifiedByToken = (row: Transaction) => ({
	...simplifiedTransaction(row),
	id: uuidOf('transaction', row.id),
});
