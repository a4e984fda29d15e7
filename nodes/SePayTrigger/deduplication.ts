import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { isRecorded, keyOf, notRecorded, recordNew } from '../shared/once';
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
 * the run and not before it, since only a run can use n8n's persistent store. A run repeated by hand
 * is wanted, and passes.
 */
export async function passOnce(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const mode = this.getMode();
	if (!this.getNodeParameter('deduplicate', 0) || !COUNTED_MODES.includes(mode)) return [items];

	const key = keyOf(this);
	const remember = Number(this.getNodeParameter('additionalFields.rememberedPayments', 0, 10_000));
	const idOf = ({ json }: INodeExecutionData) => String(json.id);
	const ids = items.map(idOf).filter((id) => id !== '0');
	// Only catching up brings several: payments of which some may have been passed on before.
	if (items.length > 1) {
		const unknown = new Set(await notRecorded(key, this.helpers, ids, remember));
		const missing = items.filter((item) => unknown.has(idOf(item)));
		if (
			missing.length === 0 ||
			startEach(
				key,
				missing.map(({ json }) => json),
			)
		)
			return [[]];
	}
	const fresh = await recordNew(key, this.helpers, ids, remember);
	const isRepeatedByHand = mode === 'retry' && items.length === 1;
	return [items.filter((item) => isRepeatedByHand || idOf(item) === '0' || fresh.has(idOf(item)))];
}
