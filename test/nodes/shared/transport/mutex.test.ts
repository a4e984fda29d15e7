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
