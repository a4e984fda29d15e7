import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import { useTokenTester } from './apiToken/sePayToken';
import { nodeType, useSePayTester } from './sePay';

const { properties, credentials } = nodeType.description;

const isShown = (one: Parameters<typeof NodeHelpers.displayParameter>[1], values: object) =>
	NodeHelpers.displayParameter(values as never, one, null, nodeType.description);

/** The options of the lists with this name that a form with these values shows. */
const offered = (name: string, values: object) =>
	properties
		.filter((property) => property.name === name && isShown(property, values))
		.flatMap(({ options }) => options as INodePropertyOptions[])
		.filter((option) => isShown(option as unknown as INodeProperties, values))
		.map(({ value }) => String(value));

/** Every resource with its operations, as the form shows them. */
const offeredUnder = (authentication: string) =>
	Object.fromEntries(
		offered('resource', { authentication }).map((resource) => [
			resource,
			offered('operation', { authentication, resource }).sort(),
		]),
	);

test('each way to sign in shows what it has, and nothing else', () => {
	expect(offeredUnder('oAuth2')).toEqual({
		bankAccount: ['get', 'getAll', 'getSubAccounts'],
		company: ['get', 'update'],
		payment: expect.any(Array),
		profile: ['get'],
		transaction: ['count', 'get', 'getAll'],
		webhook: ['create', 'delete', 'get', 'getAll', 'update'],
	});
	expect(offeredUnder('apiToken')).toEqual({
		bankAccount: ['get', 'getAll'],
		order: [
			'addVirtualAccount',
			'cancel',
			'cancelVirtualAccount',
			'create',
			'get',
			'getAll',
			'getPrefixes',
			'getTerminals',
		],
		payment: expect.any(Array),
		refund: ['create', 'get', 'getAll'],
		transaction: ['count', 'get', 'getAll'],
		virtualAccount: ['get', 'getAll'],
	});
	for (const resource of ['company', 'profile', 'webhook']) {
		expect(offered('operation', { authentication: 'apiToken', resource })).toEqual([]);
	}
});

test('each way to sign in shows its own credential; a workflow that names none has OAuth2', () => {
	const shown = (values: object) =>
		credentials!.filter((one) => isShown(one, values)).map(({ name }) => name);
	expect(shown({ authentication: 'apiToken' })).toEqual(['sePayTokenApi']);
	expect(shown({ authentication: 'oAuth2' })).toEqual(['sePayOAuth2Api']);
	expect(shown({})).toEqual(['sePayOAuth2Api']);
});

describe('an operation that the way to sign in does not have is refused, and nothing is sent', () => {
	const refused = {
		message: 'Operation must be available with the selected authentication',
		description: 'Choose Resource and Operation from the lists, or change Authentication.',
	};
	const byOAuth2 = useSePayTester();
	const byToken = useTokenTester();

	test.each([
		['order', 'create'],
		['bankAccount', 'elsewhere'],
	])('%s: %s by OAuth2', async (resource, operation) => {
		expect(await byOAuth2.failure({ resource, operation })).toEqual(refused);
		expect(byOAuth2.sandbox.requests).toEqual([]);
	});

	test.each([
		['webhook', 'delete'],
		['bankAccount', 'getSubAccounts'],
	])('%s: %s by API token', async (resource, operation) => {
		const parameters = { authentication: 'apiToken', resource, operation };
		expect(await byToken.failure(parameters)).toEqual(refused);
		expect(byToken.sandbox.requests).toEqual([]);
	});
});
