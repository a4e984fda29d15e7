import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { REPOSITORY } from '../../scripts/n8n/paths';
import { TestCredentials } from '../harness/credentials';
import { outputOf, runNode } from '../harness/run';
import type { SandboxOptions } from '../sandbox';
import type { ServiceName } from './server';

/** The figures of one part of the bench; each name ends in its unit. */
export type Figures = Record<string, number>;

/** A figure as the report has it. */
export const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));

/** The file of a built package, as users run it. @param folder of the package */
export function built<T>(file: string, folder = ''): T {
	return createRequire(path.join(REPOSITORY, folder, 'dist/index.js'))(file) as T;
}

/** A node as n8n has it: with its own time-out and interval between items. */
export function asLoaded(type: INodeType): INodeType {
	DirectoryLoader.applyDeclarativeNodeOptionParameters(type);
	return type;
}

/** A node of a built package with its credential type. */
export function builtNode(node: string, credential: string, folder?: string) {
	const files = [`./nodes/${node}/${node}.node.js`, `./credentials/${credential}.credentials.js`];
	const [nodes, credentials] = files.map((file) =>
		built<Record<string, new () => unknown>>(file, folder),
	);
	return {
		type: asLoaded(new nodes[node]() as INodeType),
		credential: new credentials[credential]() as ICredentialType,
	};
}

export type BuiltNode = ReturnType<typeof builtNode>;

/** Calls without a rate limit as long as `during` lasts. @param name of a service in `file` */
export async function withoutRateLimit<T>(
	[file, name]: [file: string, name: string],
	during: () => Promise<T>,
): Promise<T> {
	const service = built<Record<string, { rateLimit: { calls: number } }>>(file)[name];
	const { calls } = service.rateLimit;
	service.rateLimit.calls = Infinity;
	try {
		return await during();
	} finally {
		service.rateLimit.calls = calls;
	}
}

/** A local service in a process of its own. */
export interface LocalService {
	url: string;
	/** ID of what there is to read. */
	id: string;
	/** ID of the first provider account of eInvoice. */
	account: string;
	/** Runs a node on n8n's engine, connected to the service. */
	run(
		node: BuiltNode,
		type: INodeType,
		parameters: INodeParameters,
		input?: INodeExecutionData[],
	): Promise<INodeExecutionData[]>;
	/** The status of every call so far. */
	statuses(): Promise<number[]>;
	stop(): void;
}

export const items = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { number: `N${index}` } }));

export async function startService(
	name: ServiceName,
	options: SandboxOptions = {},
): Promise<LocalService> {
	const child = fork(path.join(__dirname, 'server.ts'), [name, JSON.stringify(options)], {
		execArgv: ['--import', 'tsx'],
	});
	const [{ url, client, token, id, account }] = await once(child, 'message');
	return {
		url,
		id,
		account,
		async run({ credential }, type, parameters, input = [{ json: {} }]) {
			const credentials = new TestCredentials([credential], {
				[credential.name]: {
					environment: 'custom',
					baseUrl: url,
					clientId: client.id,
					clientSecret: client.secret,
					merchantId: client.id,
					secretKey: client.secretKey,
					oauthTokenData: { ...token },
				},
			});
			const result = await runNode({
				type,
				parameters,
				credentials,
				credentialType: credential.name,
				input,
			});
			if (result.data.resultData.error) throw result.data.resultData.error;
			return outputOf(result);
		},
		async statuses() {
			child.send('statuses');
			return (await once(child, 'message'))[0] as number[];
		},
		stop: () => child.disconnect(),
	};
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
