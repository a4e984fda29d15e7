import type { WorkflowDefinition } from '../../../scripts/n8n/types';

/**
 * Puts the hour of each schedule of a workflow as far off as can be, so that n8n does not start, while
 * the workflow is published, what the test starts by hand and counts.
 */
export function putOffSchedules({ nodes }: WorkflowDefinition): void {
	const triggerAtHour = (new Date().getUTCHours() + 12) % 24;
	for (const { type, parameters } of nodes) {
		if (type !== 'n8n-nodes-base.scheduleTrigger') continue;
		parameters.rule = { interval: [{ triggerAtHour }] };
	}
}
