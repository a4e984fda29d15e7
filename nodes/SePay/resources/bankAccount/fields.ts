import type { OutputMapper } from '../../../shared/operations/operations';
import { convertFields } from '../../../shared/values';
import { pathId } from '../../fields';

/** A bank account or sub-account with numbers as numbers and its flag as a boolean. */
export const toBankAccount: OutputMapper = (row) =>
	convertFields(row, { numbers: ['id', 'accumulated'], flags: ['active'] });

export const bankAccount = pathId(
	'Bank Account',
	'bankAccountId',
	'getBankAccounts',
	'The bank account to read',
);
