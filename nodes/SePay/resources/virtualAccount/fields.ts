import type { OutputMapper } from '../../../shared/operations/operations';
import { convertFields } from '../../../shared/values';
import { pathId } from '../../fields';

/** A virtual account with its flags as booleans. */
export const toVirtualAccount: OutputMapper = (row) =>
	convertFields(row, { numbers: [], flags: ['active', 'official', 'static'] });

export const bankAccount = pathId(
	'Bank Account',
	'bankAccountId',
	'getBankAccounts',
	'The bank account that the virtual accounts belong to',
);
