import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { inputItem } from '../shared/operations/declarativeAdapter';
import { readNewestTransactions } from '../shared/sePay/newTransactions';
import { claimNew, triggerKey } from '../shared/triggers/processedItems';
import { parseParameters } from './parameters';

const MAX_TEST_ITEMS = 10;
/** How many transactions n8n's store remembers for a node; a larger batch is remembered whole. */
const MIN_MEMORY_SIZE = 10_000;

/**
 * The door at the beginning of each run: of what a poll gave, that which no run was given before. It
 * stands here and not in the poll, since only a run can use n8n's persistent store. A run that n8n
 * repeats, by hand for example, is given the same again. A test in the editor shows the newest
 * transactions and records nothing.
 *
 * @throws NodeOperationError for a parameter, NodeApiError when SePay refuses, both in a test only
 */
export async function dropProcessed(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const mode = this.getMode();
	if (mode === 'manual') {
		const { filters, shape } = parseParameters(inputItem(this, 0));
		const newest = await readNewestTransactions.call(this, filters, MAX_TEST_ITEMS);
		return [newest.map((row) => ({ json: shape(row) }))];
	}
	const input = this.getInputData();
	const claims = input.map(({ json, run }) => ({ id: String(json.id), run: String(run) }));
	const remember = Math.max(MIN_MEMORY_SIZE, input.length);
	const options = { remember, isRepeated: mode === 'retry', isShared: true };
	const accepted = await claimNew(triggerKey(this), this.helpers, claims, options);
	const items = input.map(({ json }) => ({ json }));
	return [items.filter(({ json }) => accepted.has(String(json.id)))];
}
