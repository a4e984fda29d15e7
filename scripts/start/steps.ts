import { itemsOf, type N8nClient } from '../n8n/client';
import type { Packed } from '../n8n/package';
import type { Credential, Execution, Workflow } from '../n8n/types';
import { readWorkflow } from '../n8n/workflow';
import type { Memory } from './memory';
import { isTransaction } from './transactions';

/** The parts of the local SePay that the credential needs. */
export interface Service {
	url: string;
	client: { id: string; secret: string; scopes: string[] };
}

const CREDENTIAL_TYPE = 'sePayOAuth2Api';

/** Installs the packed package unless exactly this one is installed. */
export async function ensurePackage(n8n: N8nClient, packed: Packed, memory: Memory): Promise<void> {
	const packages = await n8n.installedPackages();
	const installed = packages.find(({ packageName }) => packageName === packed.name);
	const isCurrent = memory.package === packed.integrity && installed?.failedLoading !== true;
	if (installed && isCurrent) return;
	if (installed) await n8n.uninstallPackage(packed.name);
	await n8n.installPackage(packed.name);
	memory.package = packed.integrity;
}

/** Makes or refreshes the credential for this SePay and connects it through the consent page. */
export async function ensureCredential(
	n8n: N8nClient,
	{ url, client }: Service,
	memory: Memory,
): Promise<Credential> {
	const data = {
		environment: 'custom',
		baseUrl: url,
		scopes: client.scopes,
		clientId: client.id,
		clientSecret: client.secret,
	};
	const known = (await n8n.credentials()).find(({ id }) => id === memory.credentialId);
	if (known) await n8n.updateCredential(known, data);
	const credential =
		known ?? (await n8n.createCredential(CREDENTIAL_TYPE, 'SePay (local sandbox)', data));
	await n8n.connectOAuth2(credential.id);
	memory.credentialId = credential.id;
	return credential;
}

/** Imports the example; an earlier import is put back to what the file says. */
export async function ensureWorkflow(
	n8n: N8nClient,
	file: string,
	credential: Credential,
	memory: Memory,
): Promise<Workflow> {
	const definition = await readWorkflow(file, { [CREDENTIAL_TYPE]: credential });
	const { workflowId: id } = memory;
	const known = id && (await n8n.workflow(id).catch(() => undefined));
	const workflow = await n8n.saveWorkflow(definition, known ? known.id : undefined);
	memory.workflowId = workflow.id;
	return workflow;
}

/**
 * Runs the workflow and returns the transactions that its last node to bring any brought.
 * @throws with the node's own words when the run failed or brought none
 */
export async function runForTransactions(
	n8n: N8nClient,
	workflow: Workflow,
): Promise<Array<Record<string, unknown>>> {
	const execution = await n8n.runWorkflow(workflow.id);
	if (execution.status !== 'success') throw new Error(failureOf(execution));
	const found = Object.keys(execution.data.resultData.runData)
		.map((node) => itemsOf(execution, node).map(({ json }) => json))
		.filter((rows) => rows.some(isTransaction));
	const last = found.at(-1)?.filter(isTransaction);
	if (!last) throw new Error(`"${workflow.name}" ran and brought no transactions`);
	return last;
}

function failureOf({ status, data }: Execution): string {
	const { error, lastNodeExecuted } = data.resultData;
	const where = lastNodeExecuted ? ` at "${lastNodeExecuted}"` : '';
	const what = [error?.message, error?.description].filter(Boolean).join('\n');
	return `The run ended with ${status}${where}: ${what}`;
}
