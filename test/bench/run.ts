import '../setup';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installRelease } from '../../scripts/n8n/install';
import { REPOSITORY } from '../../scripts/n8n/paths';
import { calls } from './calls';
import { cpu } from './cpu';
import { deliveries } from './deliveries';
import { loading } from './loading';
import type { Figures } from './local';
import { rows } from './rows';

const FILE = path.join(REPOSITORY, 'docs/benchmarks.json');

const PARTS: Record<string, () => Figures | Promise<Figures>> = {
	calls,
	cpu,
	rows,
	loading,
	deliveries,
};

/** Part, figure, and the least or the most that it should be; a figure's name instead of a number. */
const GOALS: Array<[part: string, figure: string, sign: '≤' | '≥' | '>', limit: number | string]> =
	[
		['cpu', 'bankAccountGetOverBareCpuMs', '≤', 1.2],
		['cpu', 'gatewayOrderGetOverBareCpuMs', '≤', 1.2],
		['cpu', 'invoiceGetOverBareCpuMs', '≤', 1.2],
		['cpu', 'paytUpsertCpuMs', '≤', 3],
		['loading', 'sePayPackageMs', '≤', 50],
		['loading', 'paytPackageMs', '≤', 50],
		['deliveries', 'onceRatio', '≥', 0.95],
		['deliveries', 'automaticTwice', '>', 'byHandChainTwice'],
		['deliveries', 'automaticOnceCpuMs', '≤', 'webhookVersion1OnceCpuMs'],
		['deliveries', 'p99At5PerSecondMs', '≤', 60],
		['deliveries', 'rememberedRatio', '≥', 0.95],
		['deliveries', 'memoryRatio', '≤', 1.05],
	];

/** Measures the parts named, default all, and puts their figures into docs/benchmarks.json. */
async function main(named: string[]): Promise<void> {
	const report = JSON.parse(await readFile(FILE, 'utf8')) as Record<string, Figures>;
	const { version: n8n } = await installRelease('newest');
	for (const part of named.length > 0 ? named : Object.keys(PARTS)) {
		const began = performance.now();
		try {
			report[part] = await PARTS[part]();
			console.log(`${part}, in ${((performance.now() - began) / 1000).toFixed(0)} s`);
			console.table(report[part]);
		} catch (error) {
			// What the other parts measure is worth having.
			console.error(`${part} failed:`, error);
			process.exitCode = 1;
		}
		const measured = Object.keys(PARTS).flatMap((name) =>
			report[name] ? [[name, report[name]] as const] : [],
		);
		const text = JSON.stringify({ n8n, ...Object.fromEntries(measured) }, null, '\t');
		await writeFile(FILE, `${text}\n`);
	}
	console.table(
		GOALS.flatMap(([part, name, sign, limit]) => {
			const figure = report[part]?.[name];
			const bound = typeof limit === 'number' ? limit : report[part]?.[limit];
			const isMet =
				sign === '≤' ? figure <= bound : sign === '≥' ? figure >= bound : figure > bound;
			return [{ goal: `${part}: ${name} ${sign} ${limit}`, figure, bound, met: isMet }];
		}),
	);
}

void main(process.argv.slice(2)).finally(() => process.exit());
