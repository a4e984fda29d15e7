/** HTTP with cookies kept per host; follows no redirects. */
export class Session {
	/** @param cookies by host and name, as another session left them */
	constructor(readonly cookies: Record<string, Record<string, string>> = {}) {}

	async fetch(address: string, options: RequestInit = {}): Promise<Response> {
		const { host } = new URL(address);
		const jar = (this.cookies[host] ??= {});
		const headers = new Headers(options.headers);
		const cookie = Object.entries(jar)
			.map(([name, value]) => `${name}=${value}`)
			.join('; ');
		if (cookie) headers.set('cookie', cookie);
		const response = await fetch(address, { ...options, headers, redirect: 'manual' });
		for (const line of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name) jar[name] = value;
		}
		return response;
	}
}
