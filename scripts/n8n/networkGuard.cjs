'use strict';

const dns = require('node:dns');
const { isIP } = require('node:net');

// Preloaded into n8n. The channel to whoever started it breaks when that process is gone, even
// killed; n8n must not outlive it.
process.on('disconnect', () => {
	// Nobody reads any more what it says while it ends.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
	process.kill(process.pid, 'SIGTERM');
	setTimeout(() => process.exit(1), 10_000).unref();
});

// Milliseconds that n8n's clock is ahead.
const ahead = Number(process.env.N8N_GUARD_CLOCK_AHEAD_MS ?? 0);
if (ahead > 0) {
	const { now } = Date;
	Date.now = () => now() + ahead;
	global.Date = new Proxy(Date, {
		apply: (date) => new date(date.now()).toString(),
		construct: (date, args, target) =>
			Reflect.construct(date, args.length > 0 ? args : [date.now()], target),
	});
}

// Names that n8n may not look up, by their ends, separated by commas; the empty one ends them all.
const refused = (process.env.N8N_GUARD_REFUSED ?? '').split(',');

function isRefused(host) {
	if (isIP(host) !== 0 || host === 'localhost') return false;
	return refused.some((end) => end === '' || host === end || host.endsWith(`.${end}`));
}

function refusal(host) {
	process.stderr.write(`look-up refused: ${host}\n`);
	return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
		code: 'ENOTFOUND',
		hostname: host,
		syscall: 'getaddrinfo',
	});
}

const { lookup } = dns;
const lookupPromise = dns.promises.lookup;
dns.lookup = (host, ...rest) =>
	isRefused(host) ? process.nextTick(rest[rest.length - 1], refusal(host)) : lookup(host, ...rest);
dns.promises.lookup = async (host, ...rest) => {
	if (isRefused(host)) throw refusal(host);
	return await lookupPromise(host, ...rest);
};
