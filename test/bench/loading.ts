import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Line } from './run';

const ROUNDS = 9;
const MOST_MS = 50;

/** How long n8n takes to load a built package when it starts, each time in a process of its own. */
export async function loading(folder: string): Promise<Line> {
	const took: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const child = fork(join(__dirname, 'load.ts'), [join(__dirname, '../..', folder)], {
			execArgv: ['--import', 'tsx'],
		});
		took.push((await once(child, 'message'))[0]);
		await once(child, 'exit');
	}
	const median = took.sort((a, b) => a - b)[ROUNDS >> 1];
	return {
		measured: `Loading in n8n, ${folder}, median of ${ROUNDS} starts`,
		figure: `${median.toFixed(0)} ms (${took[0].toFixed(0)}–${took[ROUNDS - 1].toFixed(0)})`,
		beside: `${MOST_MS} ms at the most`,
		ratio: (median / MOST_MS).toFixed(2),
	};
}
