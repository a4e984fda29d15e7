import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { newestTransactions } from '../shared/newTransactions';
import { keyOf, recordNew } from '../shared/once';
import { readParameters } from './parameters';

/** How many transactions a test in the editor shows. */
const SHOWN_IN_TEST = 10;
/** How many transactions n8n's store remembers for a node; a larger batch is remembered whole. */
const REMEMBERED = 10_000;

/**
 * The door at the beginning of each run: of what a poll gave, that which no run was given before. It
 * stands here and not in the poll, since only a run can use n8n's persistent store. A run that n8n
 * repeats, by hand for example, is given the same again. A test in the editor shows the newest
 * transactions and records nothing.
 *
 * @throws NodeOperationError for a parameter, NodeApiError when SePay refuses, both in a test only
 */
export async function passOnce(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const mode = this.getMode();
	if (mode === 'manual') {
		const valueOf = (name: string) => this.getNodeParameter(name, 0);
		const { filters, shape } = readParameters(this, valueOf);
		const newest = await newestTransactions.call(this, filters, SHOWN_IN_TEST);
		return [newest.map((row) => ({ json: shape(row) }))];
	}
	const input = this.getInputData();
	const claims = input.map(({ json, run }) => ({ id: String(json.id), run: String(run) }));
	const remember = Math.max(REMEMBERED, input.length);
	const isRepeated = mode === 'retry';
	const granted = await recordNew(keyOf(this), this.helpers, claims, remember, isRepeated);
	const items = input.map(({ json }) => ({ json }));
	return [items.filter(({ json }) => granted.has(String(json.id)))];
}
