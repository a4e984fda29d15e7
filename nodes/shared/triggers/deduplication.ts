import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { emitEach } from './catchUp';
import { claimNew, findUnprocessed, isProcessed, triggerKey } from './processedItems';

/** The ID by which what an item stands for is passed on once; undefined for what always passes. */
export type DeduplicationKey<Context> = (this: Context, json: IDataObject) => string | undefined;

/** Runs that come from payments; others, such as a test in the editor, pass and are not recorded. */
const DEDUPLICATED_MODES = ['webhook', 'trigger', 'retry'];

/** Whether a delivery need not start the workflow: this process has passed its payment on before. */
export function isDuplicate(context: IWebhookFunctions, id: string | undefined): boolean {
	return (
		id !== undefined &&
		context.getMode() !== 'manual' &&
		context.getNodeParameter('deduplicate') === true &&
		isProcessed(triggerKey(context), id)
	);
}

/**
 * The one door that every payment passes, whichever way it came: on with each ID once. It stands in
 * the run and not before it, since only a run can use n8n's persistent store. A run that n8n
 * repeats, by hand for example, passes again, unless another one took its payment in the meantime.
 *
 * @param idOf for items that no delivery started; those that one did carry what {@link Taken} says
 */
export async function dropProcessed(
	this: IExecuteFunctions,
	idOf: DeduplicationKey<IExecuteFunctions> = () => undefined,
): Promise<INodeExecutionData[][]> {
	const items = this.getInputData().map(({ json, run, id, alias }) => ({
		json,
		ids: [id ?? idOf.call(this, json), alias].filter((one) => one !== undefined).map(String),
		run: String(run),
	}));
	const passing = (some: typeof items) => [some.map(({ json }) => ({ json }))];
	const mode = this.getMode();
	if (!this.getNodeParameter('deduplicate', 0) || !DEDUPLICATED_MODES.includes(mode)) {
		return passing(items);
	}
	const key = triggerKey(this);
	const remember = Number(this.getNodeParameter('additionalFields.rememberedPayments', 0, 10_000));
	const claims = items.flatMap(({ ids, run }) => ids.map((id) => ({ id, run })));
	const isRepeated = mode === 'retry';
	// Only catching up brings several: payments of which some may have been passed on before.
	if (items.length > 1 && !isRepeated) {
		const ids = claims.map(({ id }) => id);
		const unknown = new Set(await findUnprocessed(key, this.helpers, ids, remember));
		const missing = items
			.filter(({ ids }) => ids.some((id) => unknown.has(id)))
			.map(({ json }) => json);
		if (missing.length === 0 || emitEach(key, missing)) return [[]];
	}
	const accepted = await claimNew(key, this.helpers, claims, remember, isRepeated);
	return passing(items.filter(({ ids }) => ids.every((id) => accepted.has(id))));
}
