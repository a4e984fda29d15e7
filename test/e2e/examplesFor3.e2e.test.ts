import { readdirSync } from 'node:fs';
import path from 'node:path';
import { N8nError } from '../../scripts/n8n/client';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { startN8nHost, type N8nHost } from './support/n8nHost';
import { oneRelease } from './support/releases';

const EXAMPLES = path.join(__dirname, '../../examples');

interface Report {
	report: { workflowResults: Array<{ ruleId: string }> };
}

interface Result {
	ruleId: string;
	affectedWorkflows: Array<{ id: string; issues: Array<{ title: string }> }>;
}

describe.each(oneRelease())('n8n 3.0, told by the %s n8n', (name) => {
	let host: N8nHost;

	beforeAll(async () => {
		host = await startN8nHost(name);
	});

	afterAll(async () => await host?.close());

	/** What n8n's Migration Report says of these workflows. */
	async function problems(names: Map<string, string>): Promise<string[]> {
		const { n8n } = host;
		const { report } = await n8n.rest<Report>(
			'POST',
			'/breaking-changes/report/refresh?version=v3',
		);
		const found: string[] = [];
		for (const { ruleId } of report.workflowResults) {
			const result = await n8n
				.rest<Result>('GET', `/breaking-changes/report/${ruleId}`)
				.catch((error: Error) => {
					// Only another file's workflow was affected, which is deleted by now.
					if (error instanceof N8nError && error.status === 404) return { affectedWorkflows: [] };
					throw error;
				});
			for (const { id, issues } of result.affectedWorkflows) {
				const workflow = names.get(id);
				if (workflow) found.push(...issues.map(({ title }) => `${workflow}: ${title}`));
			}
		}
		return found;
	}

	test('no example uses what it removes; one that does is found', async () => {
		const names = new Map<string, string>();
		const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
		for (const file of files) {
			const { id } = await host.n8n.saveWorkflow(await readWorkflow(path.join(EXAMPLES, file), {}));
			names.set(id, file);
		}
		expect(names.size).toBeGreaterThanOrEqual(20);
		const parameters = { jsCode: "return $getPairedItem('Start', {}, {});" };
		const bad = await host.n8n.saveWorkflow({
			name: 'Removed',
			nodes: [
				{
					id: 'code',
					name: 'Code',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					position: [0, 0],
					parameters,
				},
			],
			connections: {},
		});
		names.set(bad.id, 'removed');
		const found = await problems(names);
		expect(found).toEqual([expect.stringMatching(/^removed: .*\$getPairedItem/)]);
	});
});
