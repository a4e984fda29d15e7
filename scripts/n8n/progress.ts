/** Takes one line of progress. */
export type ProgressReporter = (line: string) => void;

export const reportToStderr: ProgressReporter = (line) => {
	process.stderr.write(`${line}\n`);
};

const REPORT_INTERVAL_MS = 15_000;

/** Seconds since `start` (epoch ms), such as `3.2 s`. */
export function elapsed(start: number): string {
	return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/** Runs a step, reports when it takes long, and how long it took. */
export async function reportStep<T>(
	name: string,
	report: ProgressReporter,
	run: () => Promise<T>,
): Promise<T> {
	const start = Date.now();
	const timer = setInterval(() => report(`  … ${name} (${elapsed(start)})`), REPORT_INTERVAL_MS);
	try {
		const result = await run();
		report(`✓ ${name} (${elapsed(start)})`);
		return result;
	} catch (error) {
		report(`✗ ${name} (${elapsed(start)})`);
		throw error;
	} finally {
		clearInterval(timer);
	}
}
