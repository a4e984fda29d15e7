import type { Variants } from '../../sandbox/eInvoice';
import type { FaultRule } from '../../sandbox/faults';
import { Random } from '../../sandbox/random';
import { createNode, useEInvoice } from './eInvoice';

jest.setTimeout(300_000);

const tester = useEInvoice();

const SALES = 200;
const PATHS = [/invoices\/create$/, /\/check\//, /invoices\/issue$/, /invoices\/[A-Z]\d+$/];
/** What cuts a request: before SePay acts on it, after, or in the middle of the answer. */
const CUTS: Array<Pick<FaultRule, 'answer' | 'when'>> = [
	{ answer: 'cut' },
	{ answer: 'cut', when: 'after' },
	{ answer: 'cutShort' },
	{ answer: 'halfJson' },
	{ answer: { status: 502, body: 'Bad Gateway', contentType: 'text/html' }, when: 'after' },
	{ answer: { status: 500, body: { success: false, error: { code: 'X', message: 'X' } } } },
	{
		answer: { status: 500, body: { success: false, error: { code: 'X', message: 'X' } } },
		when: 'after',
	},
];

/** How jobs end besides well; after each, the sale is run again. */
const ENDS = [
	{ end: 'fails', leaves: 'nothing' },
	{ end: 'fails', leaves: 'draft' },
	{ end: 'fails', leaves: 'issued' },
] as const;

test.each<[string, number, Partial<Variants>]>([
	['a reference code is refused at once', 11, { duplicate: 'refused' }],
	[
		'it is refused when its invoice is there',
		22,
		{ duplicate: 'refusedWhenDone', secondIssue: 'notFound' },
	],
	[
		'SePay looks at reference codes not at all',
		44,
		{ duplicate: 'allowed', secondIssue: 'allowed' },
	],
	['its job fails', 33, { duplicate: 'jobFails', secondIssue: 'jobFails', visibleAfterMs: 40 }],
])(
	`${SALES} sales, their connections cut at random and every failure run again: one invoice each, when %s`,
	async (_name, seed, variants) => {
		const random = new Random(seed);
		const { service } = tester;
		Object.assign(service.variants, variants);
		service.jobMs = 30;
		for (let cut = 0; cut < SALES; cut++) {
			service.fault({ path: random.pick(PATHS), ...random.pick(CUTS) });
		}
		for (let job = 0; job < SALES / 10; job++) service.plans.push({ ...random.pick(ENDS) });
		const parameters = createNode({ referenceCode: '={{ $json.code }}' });
		let open = Array.from({ length: SALES }, (_, index) => ({ code: `S${index}` }));
		const failed: number[] = [];
		while (open.length > 0 && failed.length < 12) {
			const { items } = await tester.run(parameters, {
				input: open,
				onError: 'continueRegularOutput',
			});
			const done = items.filter(({ json }) => json.status === 'issued');
			const codes = new Set(done.map(({ json }) => json.referenceCode));
			open = open.filter(({ code }) => !codes.has(code));
			failed.push(open.length);
		}
		expect(failed.at(-1)).toBe(0);
		expect(failed[0]).toBeGreaterThan(10);
		const { submissions, invoices } = service.data;
		const times = new Map<string, number>();
		for (const { reference_code: code } of submissions) times.set(code, (times.get(code) ?? 0) + 1);
		expect([...times].filter(([, count]) => count > 1)).toEqual([]);
		expect(times.size).toBe(SALES);
		expect(invoices).toHaveLength(SALES);
		// Each of them again, as an execution that is repeated: nothing more is sent.
		service.clearRequests();
		const again = Array.from({ length: SALES }, (_, index) => ({ code: `S${index}` }));
		const { rows } = await tester.run(parameters, { input: again });
		expect(rows.filter(({ alreadyExisted }) => alreadyExisted)).toHaveLength(SALES);
		expect(tester.calls().filter((call) => call.startsWith('POST'))).toEqual([]);
	},
);
