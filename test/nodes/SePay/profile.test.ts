import { omit } from '../../sandbox/omit';
import { answerForms, useSePay } from './sePay';

const bench = useSePay();
const get = { resource: 'profile', operation: 'get' };

describe('Get', () => {
	test('puts out the user who connected the credential', async () => {
		const { admin, limited } = bench.sandbox.users;
		expect(await bench.rows(get)).toEqual([omit(admin, 'role', 'rights')]);
		bench.connect({ user: 'limited' });
		expect(await bench.rows(get)).toEqual([omit(limited, 'role', 'rights')]);
		const sent = { call: 'GET /me', query: {}, body: undefined };
		expect(bench.sent()).toEqual([sent, sent]);
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(bench.sandbox.variants, variants);
		expect(await bench.rows(get)).toEqual([omit(bench.sandbox.users.admin, 'role', 'rights')]);
	});

	test('runs once per item, each output paired', async () => {
		const { items } = await bench.run(get, { input: [{}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});
