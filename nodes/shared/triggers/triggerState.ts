import { randomBytes } from 'crypto';
import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What a trigger keeps in n8n; only the hooks write it, since n8n drops what other parts write. */
export interface TriggerState {
	/** Whose it is: a duplicated workflow inherits everything, and must not use it. */
	workflowId?: string;
	/** The n8n in which it was published: a workflow moved to another one begins anew there. */
	instanceId?: string;
	/** Proves deliveries; never changes, so that runs under way stay valid. */
	secret?: string;
}

/** A secret that nobody knows yet. */
export const newSecret = () => `whsec_${randomBytes(32).toString('hex')}`;

type TriggerContext = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** What the node has kept for this workflow; undefined when there is nothing but another's. */
export function readState<T extends TriggerState>(context: TriggerContext): T | undefined {
	const state = context.getWorkflowStaticData('node') as unknown as T;
	const { workflowId, instanceId = context.getInstanceId() } = state;
	const isOwn = workflowId === String(context.getWorkflow().id);
	return isOwn && instanceId === context.getInstanceId() ? state : undefined;
}

/** The same to be written to, with a secret of its own from the first time on. */
export function ensureState<T extends TriggerState>(context: IHookFunctions): T {
	const state = context.getWorkflowStaticData('node') as unknown as T;
	if (!readState(context)) {
		for (const name of Object.keys(state)) delete state[name as keyof T];
		state.workflowId = String(context.getWorkflow().id);
		state.secret = newSecret();
	}
	state.instanceId = context.getInstanceId();
	return state;
}

/** Which of what the node keeps belongs to the address at hand: a test in the editor has one of its own. */
export function registrationKind(
	context: IHookFunctions,
	state: { test?: { address: string } },
	address: string,
): 'production' | 'test' {
	const isTest = context.getActivationMode() === 'manual' || state.test?.address === address;
	return isTest ? 'test' : 'production';
}
