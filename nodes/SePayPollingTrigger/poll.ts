import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { inTurn } from '../shared/inTurn';
import { newestTransactions, newTransactions, type Mark } from '../shared/newTransactions';
import { simpleTransaction, toTransaction } from '../shared/transactions';
import { readParameters } from './parameters';

/** How many transactions a test in the editor shows. */
const SHOWN_IN_TEST = 10;

/** What n8n stores for the node. */
interface Stored {
	/** A duplicated workflow brings along the mark of the first one, which is not its own. */
	workflowId?: string;
	mark?: Mark;
}

/**
 * One poll: the transactions since the one before as one item each, the oldest first, or null. The
 * first poll gives none. A test in the editor shows the newest ones and leaves the mark alone.
 *
 * @throws NodeOperationError for a parameter, NodeApiError when SePay refuses; the mark stays
 */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const wanted = readParameters.call(this);
	const shape = this.getNodeParameter('simplify', true) ? simpleTransaction : toTransaction;
	const output = (rows: IDataObject[]) =>
		rows.length === 0 ? null : [rows.map((row) => ({ json: shape(row) }))];

	if (this.getMode() === 'manual') {
		return output(await newestTransactions.call(this, wanted.filters, SHOWN_IN_TEST));
	}
	const { id: workflowId = '' } = this.getWorkflow();
	// n8n starts the next poll even when this one is not through, which takes a slow SePay.
	return await inTurn(`poll of ${workflowId} ${this.getNode().id}`, async () => {
		const stored = this.getWorkflowStaticData('node') as Stored;
		const mark = stored.workflowId === workflowId ? stored.mark : undefined;
		const found = await newTransactions.call(this, mark, wanted);
		Object.assign(stored, { workflowId, mark: found.mark });
		return output(found.rows);
	});
}
