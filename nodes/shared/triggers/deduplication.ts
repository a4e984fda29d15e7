import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { answerTrigger, hasTrigger } from './emitOnce';
import { claimNew, findUnprocessed, triggerKey } from './processedItems';

/** Runs that come from payments; others, such as a test in the editor, pass and are not recorded. */
const DEDUPLICATED_MODES = ['webhook', 'trigger', 'retry'];

type IdOf = (this: IExecuteFunctions, json: IDataObject) => string | undefined;

/** Whether a delivery starts the workflow at most once, and not each time. */
export function startsOnce(context: IWebhookFunctions): boolean {
	return context.getMode() !== 'manual' && context.getNodeParameter('deduplicate') === true;
}

/**
 * The door that every payment passes after n8n's own (`emitOnce`), whichever way it came: on with
 * each ID once. It stands in the run, since only a run can use n8n's persistent store, which
 * outlives the executions. A run that n8n repeats, by hand for example, passes again, unless another
 * one took its payment in the meantime.
 *
 * @param idOf for items that no delivery started; those that one did carry what {@link Taken} says
 */
export async function dropProcessed(
	this: IExecuteFunctions,
	idOf: IdOf = () => undefined,
): Promise<INodeExecutionData[][]> {
	const input = this.getInputData();
	const mode = this.getMode();
	const key = triggerKey(this);
	const remember = Number(this.getNodeParameter('additionalFields.rememberedPayments', 0, 10_000));
	const asked = Object(input[0].question).ids as string[] | undefined;
	if (asked) {
		const unknown = await findUnprocessed(key, this.helpers, asked, remember);
		await answerTrigger(this, { unknown });
		return [[]];
	}
	const items = input.map(({ json, run, id, alias }) => ({
		json,
		run: String(run),
		id: id ?? idOf.call(this, json),
		alias,
	}));
	const passing = (some: typeof items) => [some.map(({ json }) => ({ json }))];
	const answer = async (isRepeat: boolean) => {
		if (mode === 'trigger') await answerTrigger(this, { isRepeat });
	};
	if (!this.getNodeParameter('deduplicate', 0) || !DEDUPLICATED_MODES.includes(mode)) {
		await answer(false);
		return passing(items);
	}
	/** Those of which no run has recorded the one ID; they are recorded now. */
	const recordBy = async (name: 'id' | 'alias', some: typeof items) => {
		const claims = some
			.filter((item) => item[name] !== undefined)
			.map((item) => ({ id: String(item[name]), run: item.run }));
		if (claims.length === 0) return some;
		const accepted = await claimNew(key, this.helpers, claims, {
			remember,
			isRepeated: mode === 'retry',
			isShared: !hasTrigger(this),
		});
		return some.filter((item) => item[name] === undefined || accepted.delete(String(item[name])));
	};
	const fresh = await recordBy('alias', items);
	await answer(fresh.length === 0);
	return passing(await recordBy('id', fresh));
}

/** `execute` of a trigger: {@link dropProcessed}. */
export const passOnce = (idOf?: IdOf) =>
	async function (this: IExecuteFunctions) {
		return await dropProcessed.call(this, idOf);
	};
