import { simpleTransaction } from '../../../shared/bankHubTransactions';
import { simplifiedBy } from '../../exchanges';

/** The transaction as the Simplify parameter wants it. */
export const toTransaction = simplifiedBy(simpleTransaction);
