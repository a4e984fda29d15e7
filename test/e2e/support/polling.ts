export const POLL_EVERY_MS = 5_000;

/** Poll times. n8n takes no interval under a minute, but it takes several times within each minute. */
export const POLL_TIMES = {
	item: Array.from({ length: 60_000 / POLL_EVERY_MS }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${(index * POLL_EVERY_MS) / 1000} * * * * *`,
	})),
};
