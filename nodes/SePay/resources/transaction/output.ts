import { simplifyWith } from '../../../shared/operations/operations';
import { simplify } from '../../../shared/sePay/transaction';
import { fieldsOf } from '../../../shared/values';

/** The transaction as the Simplify parameter wants it. */
export const toOutput = simplifyWith(simplify, ({ raw }) => fieldsOf(raw));
