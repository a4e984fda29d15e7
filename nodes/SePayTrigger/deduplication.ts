import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { claimOf, isRecorded, keyOf, notRecorded, recordNew } from '../shared/once';
import { startEach } from './catchUp';

/** Runs that come from payments; others, such as a test in the editor, pass and are not recorded. */
const COUNTED_MODES = ['webhook', 'trigger', 'retry'];

/** Whether a delivery need not start the workflow: this process has passed its payment on before. */
export function isRepeat(context: IWebhookFunctions, id: number): boolean {
	return (
		id !== 0 &&
		context.getMode() !== 'manual' &&
		context.getNodeParameter('deduplicate') === true &&
		isRecorded(keyOf(context), String(id))
	);
}

/**
 * The one door that every payment passes, whichever way it came: on with each ID once. It stands in
 * the run and not before it, since only a run can use n8n's persistent store. A run that n8n
 * repeats, by hand for example, passes again, unless another one took its payment in the meantime.
 */
export async function passOnce(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const input = this.getInputData();
	const items = input.map(({ json }) => ({ json }));
	const mode = this.getMode();
	if (!this.getNodeParameter('deduplicate', 0) || !COUNTED_MODES.includes(mode)) return [items];

	const key = keyOf(this);
	const remember = Number(this.getNodeParameter('additionalFields.rememberedPayments', 0, 10_000));
	const claims = input.map(claimOf).filter(({ id }) => id !== '0');
	const isRepeated = mode === 'retry';
	// Only catching up brings several: payments of which some may have been passed on before.
	if (items.length > 1 && !isRepeated) {
		const ids = claims.map(({ id }) => id);
		const unknown = new Set(await notRecorded(key, this.helpers, ids, remember));
		const missing = items.map(({ json }) => json).filter(({ id }) => unknown.has(String(id)));
		if (missing.length === 0 || startEach(key, missing)) return [[]];
	}
	const granted = await recordNew(key, this.helpers, claims, remember, isRepeated);
	return [items.filter(({ json }) => json.id === 0 || granted.has(String(json.id)))];
}
