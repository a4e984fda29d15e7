import { omit } from '../../sandbox/omit';
import { answerForms, useSePayTester } from './sePay';

const tester = useSePayTester();
const get = { resource: 'profile', operation: 'get' };

describe('Get', () => {
	test('puts out the user who connected the credential', async () => {
		const { admin, limited } = tester.sandbox.users;
		expect(await tester.rows(get)).toEqual([omit(admin, 'role', 'rights')]);
		tester.connect({ user: 'limited' });
		expect(await tester.rows(get)).toEqual([omit(limited, 'role', 'rights')]);
		const sent = { call: 'GET /me', query: {}, body: undefined };
		expect(tester.sent()).toEqual([sent, sent]);
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		expect(await tester.rows(get)).toEqual([omit(tester.sandbox.users.admin, 'role', 'rights')]);
	});

	test('runs once per item, each output paired', async () => {
		const { items } = await tester.run(get, { input: [{}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});
