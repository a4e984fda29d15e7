import {
	asBoolean,
	asInteger,
	asNumber,
	asSent,
	orString,
} from '../../../shared/operations/output';
import { bankAccountInPath } from '../../fields';

const types = { id: asInteger, accumulated: asNumber, active: asBoolean };

/** A sub-account with numbers as numbers and its flag as a boolean. */
export const toSubAccount = asSent(types);

/** The same of a bank account, whose ID is a UUID for an API token. */
export const toBankAccount = asSent({ ...types, id: orString(asInteger) });

export const bankAccount = bankAccountInPath('The bank account to retrieve');
