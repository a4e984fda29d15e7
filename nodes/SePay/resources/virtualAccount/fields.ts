import { asBoolean, asSent } from '../../../shared/operations/output';
import { bankAccountInPath } from '../../fields';

/** A virtual account with its flags as booleans. */
export const toVirtualAccount = asSent({
	active: asBoolean,
	official: asBoolean,
	static: asBoolean,
});

export const bankAccount = bankAccountInPath('The bank account that owns the virtual accounts');
