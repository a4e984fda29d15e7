import { waitUntil } from '../../scripts/n8n/waitUntil';
import { Random } from '../sandbox/random';
import { proveExactlyOnce } from './support/crashes';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import {
	ledgerWorkflow,
	PUBLIC,
	publishWorkflow,
	startLedger,
	type PaymentLedger,
} from './support/payments';
import { releases } from './support/releases';

jest.setTimeout(3_600_000);

const MINUTE = 60_000;
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);

describe.each(releases())('SePay Trigger on the %s n8n, for long', (name) => {
	let host: E2eHost;
	let ledger: PaymentLedger;

	beforeEach(async () => {
		ledger = await startLedger();
		host = await startE2eHost(name, { WEBHOOK_URL: PUBLIC });
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
	});

	afterEach(async () => {
		await host?.close();
		ledger?.close();
	});

	test(`killed 20 times (SEED=${SEED}), it loses no payment and passes none on twice`, async () => {
		console.log(await proveExactlyOnce(host, ledger, 20, new Random(SEED)));
	});

	test('a payment that no delivery brought starts it at the next interval, and never again', async () => {
		const parameters = { catchUp: 'interval', catchUpMinutes: 5 };
		const { hook } = await publishWorkflow(host, ledgerWorkflow(host, ledger, parameters));
		const delivered = host.sandbox.addTransaction().id;
		await waitUntil('the first payment is told', () => ledger.times(delivered) === 1);
		host.sandbox.hosts.clear();
		const missed = [1, 2, 3].map(() => host.sandbox.addTransaction().id);
		await host.sandbox.idle();
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
		const at = Date.now();
		const areTold = () => missed.every((id) => ledger.times(id) > 0);
		await waitUntil('they are told at the interval', areTold, 5.5 * MINUTE);
		console.log(`missed payments told after ${Math.round((Date.now() - at) / 1000)} s`);
		for (const id of [...missed, delivered]) {
			expect((await host.sandbox.deliver(hook.id, id)).ok).toBe(true);
		}
		const next = host.sandbox.addTransaction().id;
		const looks = () =>
			host.sandbox.requests.filter(({ path, query }) => {
				return path.endsWith('/transactions') && 'from_date' in query;
			}).length;
		const before = looks();
		await waitUntil('the list is read again', () => looks() > before, 5.5 * MINUTE);
		await waitUntil('the next payment is told', () => ledger.times(next) === 1);
		for (const id of [delivered, ...missed, next]) expect(ledger.times(id)).toBe(1);
	});
});
