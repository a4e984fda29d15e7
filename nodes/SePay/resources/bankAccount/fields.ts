import { typed } from '../../../shared/values';
import type { Shape } from '../../exchanges';
import { pathId } from '../../fields';

/** A bank account or sub-account with numbers as numbers and its flag as a boolean. */
export const toBankAccount: Shape = (row) =>
	typed(row, { numbers: ['id', 'accumulated'], flags: ['active'] });

export const bankAccount = pathId(
	'Bank Account',
	'bankAccountId',
	'getBankAccounts',
	'The bank account to read',
);
