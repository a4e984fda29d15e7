/** HTTP with cookies kept per host; follows no redirects. */
export class Session {
	private readonly cookies = new Map<string, Map<string, string>>();

	async fetch(address: string, options: RequestInit = {}): Promise<Response> {
		const { host } = new URL(address);
		const jar = this.cookies.get(host) ?? new Map<string, string>();
		this.cookies.set(host, jar);
		const headers = new Headers(options.headers);
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
		if (cookie) headers.set('cookie', cookie);
		const response = await fetch(address, { ...options, headers, redirect: 'manual' });
		for (const line of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name) jar.set(name, value);
		}
		return response;
	}
}
