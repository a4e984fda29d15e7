import type { INodeProperties } from 'n8n-workflow';
import { locator, UUID, UUID_EXAMPLE } from '../operations/locators';
import type { ItemContext } from '../operations/parameterError';
import { parseId } from '../operations/parameterParsers';
import { isTokenAuth } from './authentication';

const ID_MODE = {
	placeholder: `e.g. 19 or ${UUID_EXAMPLE}`,
	regex: `^([0-9, ]+|[, ]*${UUID}([, ]+${UUID})*[, ]*)$`,
	errorMessage: 'Enter a whole number, or with an API token a UUID',
};

/** A parameter that names one object at SePay. */
export const sePayLocator = (
	displayName: string,
	name: string,
	listSearch: string,
	description: string,
) => locator(displayName, name, listSearch, description, ID_MODE);

/** A parameter that names several objects at SePay: a list of locators, each of which may hold several IDs. */
export function sePayLocators(
	displayName: string,
	name: string,
	of: { displayName: string; listSearch: string },
): INodeProperties {
	const description = 'By ID, you can enter several: 25, 26';
	const one = sePayLocator(of.displayName, 'id', of.listSearch, description);
	const add = `Add ${of.displayName}`;
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: add },
		placeholder: add,
		default: {},
		options: [{ displayName: of.displayName, name: 'chosen', values: [one] }],
	};
}

/** The one ID in a value where IDs are whole numbers, as with OAuth2. */
export const parseNumericId = (context: ItemContext, displayName: string, value: unknown) =>
	parseId(context, displayName, value, /^[1-9]\d*$/, 'a whole number like 19');

/**
 * The one ID in a value, fit for an address: a whole number above zero, or with an API token a UUID.
 *
 * @throws NodeOperationError when it is none
 */
export function parseSePayId(context: ItemContext, displayName: string, value: unknown): string {
	if (!isTokenAuth(context)) return parseNumericId(context, displayName, value);
	const wanted = `a UUID like ${UUID_EXAMPLE}, as SePay returns it with an API token`;
	return parseId(context, displayName, value, new RegExp(`^${UUID}$`), wanted);
}
