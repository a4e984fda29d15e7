import { simplifyWith } from '../../../shared/operations/operations';
import { convertTransaction, simplifyTransaction } from '../../../shared/sePay/transactions';

/** The transaction as the Simplify parameter wants it. */
export const toOutput = simplifyWith(simplifyTransaction, convertTransaction);
