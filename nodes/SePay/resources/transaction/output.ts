import { simpleTransaction, toTransaction } from '../../../shared/transactions';
import type { Shape } from '../../exchanges';

/** The transaction as the Simplify parameter wants it. */
export const toOutput: Shape = function (row) {
	return this.getNodeParameter('simplify', true) ? simpleTransaction(row) : toTransaction(row);
};
