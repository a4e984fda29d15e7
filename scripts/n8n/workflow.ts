import { readFile } from 'node:fs/promises';
import type { WorkflowDefinition } from './types';

/**
 * Reads a workflow file and puts the credentials of this n8n into it.
 * @param ids of credentials by credential type; types left out stay as the file has them
 */
export async function readWorkflow(
	file: string,
	ids: Record<string, { id: string; name: string }>,
): Promise<WorkflowDefinition> {
	const workflow = JSON.parse(await readFile(file, 'utf8')) as WorkflowDefinition;
	for (const { credentials = {} } of workflow.nodes) {
		for (const type of Object.keys(credentials)) {
			if (ids[type]) credentials[type] = { id: ids[type].id, name: ids[type].name };
		}
	}
	return workflow;
}
