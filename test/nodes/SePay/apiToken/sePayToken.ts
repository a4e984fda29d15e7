import { SePayTokenApi } from '../../../../credentials/SePayTokenApi.credentials';
import { nodeBench, type NodeBench } from '../../../harness/bench';
import { TestCredentials } from '../../../harness/credentials';
import { simplified } from '../../../harness/simplified';
import {
	uuidOf,
	type BankAccount,
	type Sandbox,
	type SandboxOptions,
	type Transaction,
} from '../../../sandbox';
import { nodeType, sentBelow, useSandbox } from '../sePay';

export { byId } from '../../../harness/bench';

export interface TokenBench extends NodeBench {
	sandbox: Sandbox;
	/** The API calls since the last `sandbox.clearRequests()`, as `GET /transactions`. */
	sent(): ReturnType<typeof sentBelow>;
}

const credentialType = 'sePayTokenApi';

function benchOn(sandbox: Sandbox): TokenBench {
	const { url, token } = sandbox.tokenApi;
	const credentials = new TestCredentials([new SePayTokenApi()], {
		[credentialType]: { environment: 'custom', baseUrl: url, apiToken: token },
	});
	return {
		...nodeBench({ type: nodeType, credentials, credentialType, secrets: () => [token] }),
		sandbox,
		sent: () => sentBelow(sandbox.requests, '/v2'),
	};
}

/** As `useSePay`, with an API token. */
export const useSePayToken = (options: SandboxOptions = {}): TokenBench =>
	useSandbox(benchOn, options);

/** The parameters that name an operation. */
export const byToken = (resource: string, operation: string) => ({
	authentication: 'apiToken',
	resource,
	operation,
});

export const accountId = ({ id }: Pick<BankAccount, 'id'>) => uuidOf('account', id);

/** What Simplify makes of a transaction: the same as with OAuth2, but for its ID. */
export const simplifiedByToken = (row: Transaction) => ({
	...simplified(row),
	id: uuidOf('transaction', row.id),
});
