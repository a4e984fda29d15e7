import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { SePayOAuth2Api } from '../../../credentials/SePayOAuth2Api.credentials';
import { SePayTokenApi } from '../../../credentials/SePayTokenApi.credentials';
import { TestCredentials } from '../../harness/credentials';
import { runNode } from '../../harness/run';
import type { Sandbox } from '../../sandbox';

/** A credential that has been connected to the sandbox. */
export function connected(sepay: Sandbox): TestCredentials {
	return new TestCredentials([new SePayOAuth2Api()], {
		sePayOAuth2Api: {
			environment: 'custom',
			baseUrl: sepay.url,
			clientId: sepay.client.id,
			clientSecret: sepay.client.secret,
			oauthTokenData: { ...sepay.issueToken() },
		},
	});
}

/** A credential with the token of the sandbox. */
export function withToken({ tokenApi }: Sandbox): TestCredentials {
	return new TestCredentials([new SePayTokenApi()], {
		sePayTokenApi: { environment: 'custom', baseUrl: tokenApi.url, apiToken: tokenApi.token },
	});
}

/** Runs `work` inside a node on n8n's engine and hands its result or its error out. */
export async function inNode<T>(
	credentials: TestCredentials,
	work: (this: IExecuteFunctions) => Promise<T>,
): Promise<T> {
	let result: T | undefined;
	const type: INodeType = {
		description: {
			displayName: 'Tested',
			name: 'tested',
			group: ['transform'],
			version: 1,
			description: 'Runs a piece of work',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'sePayOAuth2Api', required: true }],
			properties: [],
		},
		async execute() {
			result = await work.call(this);
			return [[]];
		},
	};
	const run = await runNode({
		type,
		parameters: {},
		credentials,
		credentialType: 'sePayOAuth2Api',
	});
	if (run.data.resultData.error) throw run.data.resultData.error;
	return result as T;
}
