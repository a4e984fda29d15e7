import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { REPOSITORY } from '../../scripts/n8n/paths';
import { rounded, type Figures } from './local';

const ROUNDS = 7;
const PACKAGES = { sePay: '', payt: 'packages/n8n-nodes-payt' };

/** How long n8n takes to load each built package when it starts, each time in a process of its own. */
export async function loading(): Promise<Figures> {
	const figures: Figures = {};
	for (const [name, folder] of Object.entries(PACKAGES)) {
		const took: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const child = fork(path.join(__dirname, 'load.ts'), [path.join(REPOSITORY, folder)], {
				execArgv: ['--import', 'tsx'],
			});
			took.push((await once(child, 'message'))[0] as number);
			await once(child, 'exit');
		}
		figures[`${name}PackageMs`] = rounded(took.sort((a, b) => a - b)[ROUNDS >> 1], 0);
	}
	return figures;
}
