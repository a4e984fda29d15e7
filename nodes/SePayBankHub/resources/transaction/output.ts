import type { IDataObject } from 'n8n-workflow';
import { fromBankHub, simplifyTransaction } from '../../../shared/bankHub/transaction';
import { simplifyWith } from '../../../shared/operations/operations';

const { schema } = simplifyTransaction;
const simplify = (row: IDataObject) => simplifyTransaction(fromBankHub(row));

/** The transaction as the Simplify parameter wants it. */
export const toTransaction = simplifyWith(Object.assign(simplify, { schema }));
