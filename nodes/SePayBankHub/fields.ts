import type { ParameterContext } from '../shared/operations/parameterError';
import { local, required, type Field, type FieldFactory } from '../shared/operations/fields';
import { locator, UUID, UUID_EXAMPLE } from '../shared/operations/locators';
import { parseId } from '../shared/operations/parameterParsers';

/** The one ID in a value, which Bank Hub calls xid. @throws NodeOperationError when it is no UUID */
export function parseXid(context: ParameterContext, displayName: string, value: unknown): string {
	const expected = `an ID like ${UUID_EXAMPLE}`;
	return parseId(context, displayName, value, new RegExp(`^${UUID}$`), expected);
}

const typedIn = {
	placeholder: `e.g. ${UUID_EXAMPLE}`,
	regex: `^\\s*${UUID}\\s*$`,
	errorMessage: `An ID at SePay Bank Hub looks like ${UUID_EXAMPLE}`,
};

/** An object at Bank Hub: chosen from a list, or by its ID. */
const xid =
	(displayName: string, name: string, listSearch: string): FieldFactory =>
	(sendAs, description = '', overrides) => ({
		parameter: { ...locator(displayName, name, listSearch, description, typedIn), ...overrides },
		sendAs: [sendAs],
		parse: parseXid,
	});

export const company = xid('Company', 'companyId', 'getCompanies');
export const bankAccount = xid('Bank Account', 'bankAccountId', 'getBankAccounts');

/** The field in the path of a request, where it cannot be missing. */
export const inPath = (field: Field): Field[] => required(local(field));
