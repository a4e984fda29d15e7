import type { IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { locator, UUID, UUID_EXAMPLE } from '../shared/operations/locators';
import { parameterError } from '../shared/operations/parameterError';
import { parseId } from '../shared/operations/parameterParsers';

/**
 * The one ID in a value, which Bank Hub calls xid.
 *
 * @throws NodeOperationError when it is no UUID
 */
export function parseXid(
	context: IExecutePaginationFunctions,
	displayName: string,
	value: unknown,
): string {
	return parseId(
		context,
		displayName,
		value,
		new RegExp(`^${UUID}$`),
		`an ID such as ${UUID_EXAMPLE}`,
	);
}

const typedIn = {
	placeholder: `e.g. ${UUID_EXAMPLE}`,
	regex: `^\\s*${UUID}\\s*$`,
	errorMessage: `An ID at SePay Bank Hub looks like ${UUID_EXAMPLE}`,
};

/** A company: chosen from the list or by its ID. */
export const company = (description: string): INodeProperties =>
	locator('Company', 'companyId', 'getCompanies', description, typedIn);

/** A linked bank account: chosen from the list or by its ID. */
export const bankAccount = (description: string): INodeProperties =>
	locator('Bank Account', 'bankAccountId', 'getBankAccounts', description, typedIn);

/**
 * A text with something in it, without the blanks around it.
 *
 * @param longest in characters
 */
export function parseText(
	context: IExecutePaginationFunctions,
	displayName: string,
	value: unknown,
	longest = Infinity,
): string {
	const text = String(value ?? '').trim();
	if (text === '') throw parameterError(context, displayName, 'filled in', 'It is empty.');
	const { length } = [...text];
	if (length <= longest) return text;
	const wanted = `at most ${longest} characters long`;
	throw parameterError(context, displayName, wanted, `It has ${length} characters.`);
}
