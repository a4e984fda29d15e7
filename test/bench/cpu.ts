import type { INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import type { Line } from './run';

const ITEMS = 1000;
const ROUNDS = 7;

/** A declarative node of one property that makes one call. */
export function bareNode(credential: string, baseURL: string, url: string): INodeType {
	return {
		description: {
			displayName: 'Bare',
			name: 'bare',
			group: ['transform'],
			version: 1,
			description: 'The least that a declarative node can be',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential, required: true }],
			requestDefaults: { baseURL },
			properties: [
				{
					displayName: 'ID',
					name: 'id',
					type: 'string',
					default: '12',
					routing: { request: { method: 'GET', url: `=${url}/{{ $value }}` } },
				},
			],
		},
	};
}

const median = (figures: number[]) => figures.sort((a, b) => a - b)[figures.length >> 1];

/** CPU of an item without a rate limit, beside a bare node that does the same, in turn. */
export async function cpuOfAnItem(
	operation: string,
	ways: { ours: [INodeType, INodeParameters]; bare: [INodeType, INodeParameters] },
	run: (
		type: INodeType,
		parameters: INodeParameters,
		items: number,
	) => Promise<INodeExecutionData[]>,
): Promise<Line> {
	const spent = { bare: [] as number[], ours: [] as number[] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const way of ['bare', 'ours'] as const) {
			const before = process.cpuUsage();
			const output = await run(...ways[way], ITEMS);
			const { user, system } = process.cpuUsage(before);
			if (output.length !== ITEMS) throw new Error(`${way} returned ${output.length} items`);
			spent[way].push((user + system) / 1000 / ITEMS);
		}
	}
	const [ours, theirs] = [median(spent.ours), median(spent.bare)];
	return {
		measured: `CPU of an item, ${operation}, ${ITEMS} items, median of ${ROUNDS} rounds`,
		figure: `${ours.toFixed(2)} ms, ${(ours - theirs).toFixed(2)} ms more than`,
		beside: `${theirs.toFixed(2)} ms of a bare declarative node`,
		ratio: (ours / theirs).toFixed(2),
	};
}
