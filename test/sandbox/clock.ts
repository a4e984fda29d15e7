interface Task {
	at: number;
	run: () => void;
}

const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * The sandbox's own time: it starts at real time and can run faster or jump ahead.
 * Times are epoch milliseconds.
 */
export class Clock {
	private base = Date.now();
	private since = performance.now();
	private speed = 1;
	private readonly tasks = new Set<Task>();
	private timer?: NodeJS.Timeout;

	now(): number {
		return Math.floor(this.base + (performance.now() - this.since) * this.speed);
	}

	/** Lets `factor` milliseconds pass per real millisecond; 0 makes time stand still. */
	setSpeed(factor: number): void {
		this.base = this.now();
		this.since = performance.now();
		this.speed = factor;
		this.arm();
	}

	/** Jumps ahead; tasks that fall due run soon after the call, in the order of their times. */
	advance(ms: number): void {
		this.base += ms;
		this.arm();
	}

	/** Runs a task once the clock has reached `at`. */
	schedule(at: number, run: () => void): void {
		this.tasks.add({ at, run });
		this.arm();
	}

	/** Forgets all tasks. */
	stop(): void {
		this.tasks.clear();
		this.arm();
	}

	private arm(): void {
		clearTimeout(this.timer);
		if (this.tasks.size === 0) return;
		const next = Math.min(...[...this.tasks].map((task) => task.at));
		const wait = Math.max(0, next - this.now()) / this.speed;
		// Time that stands still gives Infinity, or NaN for a task that is due.
		this.timer = setTimeout(() => this.runDue(), Math.min(wait || 0, LONGEST_TIMEOUT));
	}

	private runDue(): void {
		const due = [...this.tasks].filter((task) => task.at <= this.now());
		for (const task of due.sort((a, b) => a.at - b.at)) {
			this.tasks.delete(task);
			task.run();
		}
		this.arm();
	}
}

/** `YYYY-MM-DD HH:mm:ss` in Vietnam (UTC+7, no daylight saving) of an epoch time in ms. */
export function vietnamTime(ms: number): string {
	return new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
