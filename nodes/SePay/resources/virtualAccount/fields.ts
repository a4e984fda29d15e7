import { typed } from '../../../shared/values';
import type { Shape } from '../../exchanges';
import { pathId } from '../../fields';

/** A virtual account with its flags as booleans. */
export const toVirtualAccount: Shape = (row) =>
	typed(row, { numbers: [], flags: ['active', 'official', 'static'] });

export const bankAccount = pathId(
	'Bank Account',
	'bankAccountId',
	'getBankAccounts',
	'The bank account that the virtual accounts belong to',
);
