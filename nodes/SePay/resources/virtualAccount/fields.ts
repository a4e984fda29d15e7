import { locator } from '../../../shared/locators';
import { typed } from '../../../shared/values';
import type { Shape } from '../../exchanges';

/** A virtual account with its flags as booleans. */
export const toVirtualAccount: Shape = (row) =>
	typed(row, { numbers: [], flags: ['active', 'official', 'static'] });

export const bankAccountId = {
	...locator(
		'Bank Account',
		'bankAccountId',
		'getBankAccounts',
		'The bank account that the virtual accounts belong to',
	),
	required: true,
};
