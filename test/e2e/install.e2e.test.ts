import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startN8nHost, type N8nHost } from './support/n8nHost';
import { releases } from './support/releases';

describe.each(releases())('Packed and installed on the %s n8n', (name) => {
	let host: N8nHost;

	beforeAll(async () => {
		host = await startN8nHost(name);
	});

	afterAll(async () => {
		await host?.close();
	});

	test.each(['.', 'packages/n8n-nodes-payt'])(
		'the package in %s gives n8n every node and credential that it names',
		async (folder) => {
			const manifest = JSON.parse(
				readFileSync(path.join(__dirname, '../..', folder, 'package.json'), 'utf8'),
			);
			const classes = (kind: 'nodes' | 'credentials') =>
				(manifest.n8n[kind] as string[]).map((file) => path.basename(file).split('.')[0]);
			const typeOf = (name: string) => name[0].toLowerCase() + name.slice(1);
			const installed = (await host.n8n.installedPackages()).find(
				({ packageName }) => packageName === manifest.name,
			)!;
			expect(installed).toMatchObject({ installedVersion: manifest.version });
			expect(installed.failedLoading ?? false).toBe(false);
			const types = installed.installedNodes.map(({ type }) => type);
			expect(types.sort()).toEqual(
				classes('nodes')
					.map((name) => `${manifest.name}.${typeOf(name)}`)
					.sort(),
			);
			const credentials = (await host.n8n.credentialTypes()).map(({ name }) => name);
			expect(credentials).toEqual(expect.arrayContaining(classes('credentials').map(typeOf)));
		},
	);
});
