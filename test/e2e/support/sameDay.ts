import { setTimeout as sleep } from 'node:timers/promises';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Makes sure that the day does not turn within the time: when it is about to, waits until it has.
 * What n8n, the sandbox and the test take for today, yesterday or this month is then the same.
 * @param offsetHours of the time zone; default: Vietnam's
 */
export async function keepDay(forMs: number, offsetHours = 7): Promise<void> {
	const left = DAY - ((Date.now() + offsetHours * HOUR) % DAY);
	if (left < forMs) await sleep(left + 1000);
}
