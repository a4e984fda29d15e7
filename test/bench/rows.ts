import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { builtNode, rounded, startService, withoutRateLimit, type Figures } from './local';

const SIZES = [25_000, 50_000, 100_000];

/**
 * CPU and memory of Get Many by the number of rows, without a rate limit. Not the time: the local
 * service's own grows with its rows as well.
 */
export async function rows(): Promise<Figures> {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const heapMb = () => {
		collectGarbage();
		return process.memoryUsage().heapUsed / 2 ** 20;
	};
	const node = builtNode('SePay', 'SePayOAuth2Api');
	const parameters = {
		resource: 'transaction',
		operation: 'getAll',
		returnAll: true,
		filters: { fromDate: '2000-01-01' },
	};
	const figures: Figures = {};
	const limited: [string, string] = ['./nodes/shared/sePay/oAuth2Api.js', 'sePay'];
	const empty = heapMb();
	for (const size of SIZES) {
		const service = await startService('sePay', { transactions: size, rateLimit: false });
		const before = process.cpuUsage();
		const output = await withoutRateLimit(
			limited,
			async () => await service.run(node, node.type, parameters),
		);
		const { user, system } = process.cpuUsage(before);
		figures[`getMany${size}RowsCpuSeconds`] = rounded((user + system) / 1e6);
		figures[`getMany${size}RowsMb`] = rounded(heapMb() - empty, 0);
		if (output.length !== size) throw new Error(`${output.length} of ${size} rows came`);
		service.stop();
	}
	return figures;
}
