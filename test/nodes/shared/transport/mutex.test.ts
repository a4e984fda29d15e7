import { withLock } from '../../../../nodes/shared/transport/mutex';

const later = async () => await new Promise((resolve) => setImmediate(resolve));

test('work under one key never overlaps, whatever ends badly; other keys do not wait', async () => {
	const log: string[] = [];
	const work =
		(name: string, fails = false) =>
		async () => {
			log.push(`${name} begins`);
			await later();
			await later();
			log.push(`${name} ends`);
			if (fails) throw new Error(name);
			return name;
		};
	const outcomes = await Promise.allSettled([
		withLock('a', work('a1', true)),
		withLock('a', work('a2')),
		withLock('b', work('b1')),
	]);
	expect(log).toEqual([
		'a1 begins',
		'b1 begins',
		'a1 ends',
		...['b1 ends', 'a2 begins'].sort((x, y) => log.indexOf(x) - log.indexOf(y)),
		'a2 ends',
	]);
	expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});

test('who comes after the first has ended still waits for the second', async () => {
	const log: string[] = [];
	let end!: () => void;
	const first = withLock('c', async () => void log.push('first'));
	const second = withLock('c', async () => {
		await new Promise<void>((resolve) => (end = resolve));
		log.push('second');
	});
	await first;
	await later();
	const third = withLock('c', async () => void log.push('third'));
	await later();
	end();
	await Promise.all([second, third]);
	expect(log).toEqual(['first', 'second', 'third']);
});
