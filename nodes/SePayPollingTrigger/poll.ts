import { createHash } from 'crypto';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { readNewTransactions, type Cursor } from '../shared/sePay/newTransactions';
import { withLock } from '../shared/transport/mutex';
import { newRunItem, triggerKey } from '../shared/triggers/processedItems';
import { withWholeMessage } from '../shared/triggers/wholeMessage';
import { parseParameters } from './parameters';

interface PollingState {
	/** A duplicated workflow brings along the mark of the first one, which is not its own. */
	workflowId?: string;
	mark?: Cursor;
	last?: Batch;
}

/**
 * The transactions that were given last. n8n stores the mark a moment before the execution, so that
 * an n8n killed in between has started no run with them.
 */
interface Batch {
	/** The mark from which they were found and are found again. */
	before: Cursor;
	digest: string;
	/** Whose runs know what has passed: a node of the same name takes over nothing but the mark. */
	nodeId: string;
}

/** The digest of the batch that this process gave last, or found given by another; by node. */
const digests = new Map<string, string | undefined>();

/**
 * One poll: the transactions since the one before as one item each, the oldest first, or null. The
 * first poll gives none.
 *
 * The batch that another process gave last, such as this n8n before it was killed, comes once more
 * with the new ones: whether a run took it only a run can find out (`dropProcessed`).
 *
 * @throws NodeOperationError for a parameter, NodeApiError when SePay refuses; the mark stays
 */
export const poll = withWholeMessage(async function (this: IPollFunctions) {
	const node = this.getNode();
	const { shape, ...wanted } = parseParameters(this);
	const { id: workflowId = '' } = this.getWorkflow();
	const key = triggerKey(this);
	// n8n starts the next poll even when this one is not through, which takes a slow SePay.
	return await withLock(`poll of ${key}`, async () => {
		const stored = this.getWorkflowStaticData('node') as PollingState;
		const { mark, last }: PollingState = stored.workflowId === workflowId ? stored : {};
		const isOpen = last?.nodeId === node.id && last.digest !== digests.get(key);
		const from = isOpen ? last.before : mark;
		const found = await readNewTransactions.call(this, from, wanted);
		const items = found.rows.map((row) => newRunItem(shape(row)));
		const batch =
			from && items.length > 0
				? { before: from, digest: batchDigest(items), nodeId: node.id }
				: last;
		Object.assign(stored, { workflowId, mark: found.mark, last: batch });
		digests.set(key, batch?.digest);
		return items.length > 0 ? [items] : null;
	});
});

function batchDigest(items: INodeExecutionData[]): string {
	const ids = items.map(({ json }) => json.id);
	return createHash('sha256').update(ids.join()).digest('hex');
}
