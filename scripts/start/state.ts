import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { localPath } from '../n8n/paths';

/** What one start leaves to the next. */
export interface StartState {
	n8nPort?: number;
	sandboxPort?: number;
	bankHubPort?: number;
	paymentGatewayPort?: number;
	eInvoicePort?: number;
	/** Integrity of the package that is installed. */
	package?: string;
	credentialId?: string;
	bankHubCredentialId?: string;
	paymentGatewayCredentialId?: string;
	eInvoiceCredentialId?: string;
	/** By the name of the example's file, or of the workflow that has none. */
	workflowIds?: Record<string, string>;
}

const file = localPath('start.json');

/** What the last start left; nothing when there was none, or it cannot be read. */
export async function readState(): Promise<StartState> {
	return await readFile(file, 'utf8').then(
		(text) => JSON.parse(text) as StartState,
		() => ({}),
	);
}

/** Leaves it to the next start. */
export async function saveState(memory: StartState): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, `${JSON.stringify(memory, null, '\t')}\n`);
}
