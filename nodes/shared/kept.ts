import { randomBytes } from 'crypto';
import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What a trigger keeps in n8n; only the hooks write it, since n8n drops what other parts write. */
export interface Kept {
	/** Whose it is: a duplicated workflow inherits everything, and must not use it. */
	workflowId?: string;
	/** Proves deliveries; never changes, so that runs under way stay valid. */
	secret?: string;
}

/** A secret that nobody knows yet. */
export const newSecret = () => `whsec_${randomBytes(32).toString('hex')}`;

type Context = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** What the node has kept for this workflow; undefined when there is nothing but another's. */
export function keptBy<T extends Kept>(context: Context): T | undefined {
	const kept = context.getWorkflowStaticData('node') as unknown as T;
	return kept.workflowId === String(context.getWorkflow().id) ? kept : undefined;
}

/** The same to be written to, with a secret of its own from the first time on. */
export function own<T extends Kept>(context: IHookFunctions): T {
	const known = keptBy<T>(context);
	if (known) return known;
	const kept = context.getWorkflowStaticData('node') as unknown as T;
	for (const name of Object.keys(kept)) delete kept[name as keyof T];
	kept.workflowId = String(context.getWorkflow().id);
	kept.secret = newSecret();
	return kept;
}

/** Whether a hook is called for a test in the editor, which has an address of its own. */
export function isForTest(
	context: IHookFunctions,
	kept: { test?: { address: string } },
	address: string,
): boolean {
	return context.getActivationMode() === 'manual' || kept.test?.address === address;
}
