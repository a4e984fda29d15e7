/** Takes one line of progress. */
export type Report = (line: string) => void;

export const toStderr: Report = (line) => {
	process.stderr.write(`${line}\n`);
};

const EVERY_MS = 15_000;

/** Seconds since `start` (epoch ms), such as `3.2 s`. */
export function since(start: number): string {
	return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/** Runs a step, reports when it takes long, and how long it took. */
export async function step<T>(name: string, report: Report, run: () => Promise<T>): Promise<T> {
	const start = Date.now();
	const timer = setInterval(() => report(`  … ${name} (${since(start)})`), EVERY_MS);
	try {
		const result = await run();
		report(`✓ ${name} (${since(start)})`);
		return result;
	} catch (error) {
		report(`✗ ${name} (${since(start)})`);
		throw error;
	} finally {
		clearInterval(timer);
	}
}
