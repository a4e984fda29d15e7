import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { startEach } from './catchUp';
import { isRecorded, keyOf, notRecorded, recordNew } from './once';

/** The ID by which what an item stands for is passed on once; undefined for what always passes. */
export type IdOf<Context> = (this: Context, json: IDataObject) => string | undefined;

/** Runs that come from payments; others, such as a test in the editor, pass and are not recorded. */
const COUNTED_MODES = ['webhook', 'trigger', 'retry'];

/** Whether a delivery need not start the workflow: this process has passed its payment on before. */
export function isRepeat(context: IWebhookFunctions, id: string | undefined): boolean {
	return (
		id !== undefined &&
		context.getMode() !== 'manual' &&
		context.getNodeParameter('deduplicate') === true &&
		isRecorded(keyOf(context), id)
	);
}

/**
 * The one door that every payment passes, whichever way it came: on with each ID once. It stands in
 * the run and not before it, since only a run can use n8n's persistent store. A run repeated by hand
 * is wanted, and passes.
 */
export async function passOnce(
	this: IExecuteFunctions,
	idOf: IdOf<IExecuteFunctions>,
): Promise<INodeExecutionData[][]> {
	const items = this.getInputData().map((item) => ({ item, id: idOf.call(this, item.json) }));
	const passing = (some: typeof items) => [some.map(({ item }) => item)];
	const mode = this.getMode();
	if (!this.getNodeParameter('deduplicate', 0) || !COUNTED_MODES.includes(mode)) {
		return passing(items);
	}
	const key = keyOf(this);
	const remember = Number(this.getNodeParameter('additionalFields.rememberedPayments', 0, 10_000));
	const ids = items.map(({ id }) => id).filter((id) => id !== undefined);
	// Only catching up brings several: payments of which some may have been passed on before.
	if (items.length > 1) {
		const unknown = new Set<string | undefined>(
			await notRecorded(key, this.helpers, ids, remember),
		);
		const missing = items.filter(({ id }) => unknown.has(id)).map(({ item }) => item.json);
		if (missing.length === 0 || startEach(key, missing)) return [[]];
	}
	const fresh = await recordNew(key, this.helpers, ids, remember);
	const isRepeatedByHand = mode === 'retry' && items.length === 1;
	return passing(items.filter(({ id }) => isRepeatedByHand || id === undefined || fresh.has(id)));
}
