import type { IHookFunctions } from 'n8n-workflow';
import {
	ensureState,
	readState,
	registrationKind,
	type TriggerState,
} from '../../../../nodes/shared/triggers/triggerState';

type State = TriggerState & { webhookId?: number };

const contextOf = (state: State, mode = 'activate') =>
	({
		getActivationMode: () => mode,
		getInstanceId: () => 'n8n 1',
		getWorkflow: () => ({ id: 7 }),
		getWorkflowStaticData: (type: string) => (type === 'node' ? state : undefined),
	}) as unknown as IHookFunctions;

test.each<[string, State, boolean]>([
	['nothing', {}, false],
	['its own', { workflowId: '7', instanceId: 'n8n 1', webhookId: 1 }, true],
	['its own without an n8n', { workflowId: '7', webhookId: 1 }, true],
	['that of another workflow', { workflowId: '8', instanceId: 'n8n 1', webhookId: 1 }, false],
	['that of another n8n', { workflowId: '7', instanceId: 'n8n 2', webhookId: 1 }, false],
])('of what was kept, a workflow uses %s: %j, %s', (_name, kept, isOwn) => {
	const state = { secret: 'kept', ...kept };
	expect(readState(contextOf(state))).toBe(isOwn ? state : undefined);
	expect(ensureState(contextOf(state))).toBe(state);
	const wanted = { workflowId: '7', instanceId: 'n8n 1', secret: expect.any(String) };
	expect(state).toEqual(isOwn ? { ...kept, ...wanted, secret: 'kept' } : wanted);
	if (!isOwn) expect(state.secret).toMatch(/^whsec_[0-9a-f]{64}$/);
});

test('a test in the editor is known by its mode or its address', () => {
	const kind = (mode: string, state: Parameters<typeof registrationKind>[1]) =>
		registrationKind(contextOf({}, mode), state, 'https://n8n.example.com/test');
	expect(kind('manual', {})).toBe('test');
	expect(kind('activate', {})).toBe('production');
	expect(kind('update', { test: { address: 'https://n8n.example.com/test' } })).toBe('test');
	expect(kind('update', { test: { address: 'https://n8n.example.com/other' } })).toBe('production');
});
