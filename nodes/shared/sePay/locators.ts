import { locator, locators, UUID, UUID_EXAMPLE } from '../operations/locators';

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

/** A parameter that names several objects at SePay. */
export const sePayLocators = (
	displayName: string,
	name: string,
	of: { displayName: string; listSearch: string },
) =>
	locators(
		displayName,
		name,
		sePayLocator(of.displayName, 'id', of.listSearch, 'By ID, you can enter several: 25, 26'),
	);
