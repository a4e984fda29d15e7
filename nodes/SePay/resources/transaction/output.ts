import { simpleTransaction, toTransaction } from '../../../shared/transactions';
import { simplifiedBy } from '../../exchanges';

/** The transaction as the Simplify parameter wants it. */
export const toOutput = simplifiedBy(simpleTransaction, toTransaction);
