import '../setup';
import { PackageDirectoryLoader } from 'n8n-core';

/** Loads the built package in a folder as n8n does when it starts; tells how long it took, in ms. */
async function main(folder: string): Promise<void> {
	const started = performance.now();
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const took = performance.now() - started;
	if (loader.types.nodes.length === 0) throw new Error(`${folder} has no nodes`);
	process.send!(took, () => process.disconnect());
}

void main(process.argv[2]);
