import { Random } from '../sandbox/random';
import { until } from '../../scripts/n8n/until';
import { proveOnce } from './support/kills';
import { published, PUBLIC, startLedger, telling, type Ledger } from './support/payments';
import { releases } from './support/releases';
import { startRig, type Rig } from './support/rig';

jest.setTimeout(3_600_000);

const MINUTE = 60_000;
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);

describe.each(releases())('SePay Trigger on the %s n8n, for long', (name) => {
	let rig: Rig;
	let ledger: Ledger;

	beforeEach(async () => {
		ledger = await startLedger();
		rig = await startRig(name, { WEBHOOK_URL: PUBLIC });
		rig.sandbox.hosts.set(PUBLIC, rig.instance.url);
	});

	afterEach(async () => {
		await rig?.close();
		ledger?.close();
	});

	test(`killed 20 times (SEED=${SEED}), it loses no payment and passes none on twice`, async () => {
		console.log(await proveOnce(rig, ledger, 20, new Random(SEED)));
	});

	test('a payment that no delivery brought starts it at the next interval, and never again', async () => {
		const parameters = { catchUp: 'interval', catchUpMinutes: 5 };
		const { hook } = await published(rig, telling(rig, ledger, parameters));
		const delivered = rig.sandbox.addTransaction().id;
		await until('the first payment is told', () => ledger.times(delivered) === 1);
		rig.sandbox.hosts.clear();
		const missed = [1, 2, 3].map(() => rig.sandbox.addTransaction().id);
		await rig.sandbox.idle();
		rig.sandbox.hosts.set(PUBLIC, rig.instance.url);
		const at = Date.now();
		const areTold = () => missed.every((id) => ledger.times(id) > 0);
		await until('they are told at the interval', areTold, 5.5 * MINUTE);
		console.log(`missed payments told after ${Math.round((Date.now() - at) / 1000)} s`);
		for (const id of [...missed, delivered]) {
			expect((await rig.sandbox.deliver(hook.id, id)).ok).toBe(true);
		}
		const next = rig.sandbox.addTransaction().id;
		const looks = () =>
			rig.sandbox.requests.filter(({ path, query }) => {
				return path.endsWith('/transactions') && 'from_date' in query;
			}).length;
		const before = looks();
		await until('the list is read again', () => looks() > before, 5.5 * MINUTE);
		await until('the next payment is told', () => ledger.times(next) === 1);
		for (const id of [delivered, ...missed, next]) expect(ledger.times(id)).toBe(1);
	});
});
