import { simplifyTransaction } from '../../../shared/bankHub/transactions';
import { simplifyWith } from '../../../shared/operations/operations';

/** The transaction as the Simplify parameter wants it. */
export const toTransaction = simplifyWith(simplifyTransaction);
