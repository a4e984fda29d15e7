import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from '../../scripts/n8n/paths';
import { rounded, type Figures } from './local';

const ROUNDS = 3;

/** Milliseconds until a process that has n8n's own modules has loaded and made a node. */
function loadingOf(file: string): number {
	const script = `
		require('n8n-workflow');
		const began = performance.now();
		const [Node] = Object.values(require(${JSON.stringify(file)}));
		new Node();
		console.log(performance.now() - began);`;
	const took = Array.from({ length: ROUNDS }, () => {
		const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
			cwd: REPOSITORY,
			encoding: 'utf8',
		});
		if (status !== 0) throw new Error(stderr);
		return Number(stdout);
	});
	return Math.min(...took);
}

/** What n8n waits for when it loads the packages, for each node by itself. */
export function loading(): Figures {
	const nodes = ['', 'packages/n8n-nodes-payt'].flatMap((folder) => {
		const { n8n } = JSON.parse(
			readFileSync(path.join(REPOSITORY, folder, 'package.json'), 'utf8'),
		) as { n8n: { nodes: string[] } };
		return n8n.nodes.map((file) => path.join(REPOSITORY, folder, file));
	});
	return Object.fromEntries(
		nodes.map((file) => {
			const name = path.basename(file, '.node.js');
			return [`load${name}Ms`, rounded(loadingOf(file), 1)];
		}),
	);
}
