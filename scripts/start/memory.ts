import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { local } from '../n8n/paths';

/** What one start leaves to the next. */
export interface Memory {
	n8nPort?: number;
	sandboxPort?: number;
	bankHubPort?: number;
	/** Integrity of the package that is installed. */
	package?: string;
	credentialId?: string;
	bankHubCredentialId?: string;
	/** By the name of the example's file, or of the workflow that has none. */
	workflowIds?: Record<string, string>;
}

const file = local('start.json');

/** What the last start left; nothing when there was none, or it cannot be read. */
export async function recall(): Promise<Memory> {
	return await readFile(file, 'utf8').then(
		(text) => JSON.parse(text) as Memory,
		() => ({}),
	);
}

/** Leaves it to the next start. */
export async function remember(memory: Memory): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, `${JSON.stringify(memory, null, '\t')}\n`);
}
