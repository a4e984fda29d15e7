import { createHmac } from 'node:crypto';
import { isLoopback } from '../hosts';
import type { Webhook } from '../model';

/** The address with another origin when `hosts` names one for its own. */
export function routed(address: string, hosts: Map<string, string>): string {
	const { origin } = new URL(address);
	return (hosts.get(origin) ?? origin) + address.slice(origin.length);
}

/**
 * Posts to this machine; any other address fails, so that tests never reach the internet.
 * @param redirects how many are followed
 * @throws when there is no answer
 */
export async function post(
	address: string,
	headers: Record<string, string>,
	body: string | URLSearchParams | Uint8Array<ArrayBuffer>,
	signal: AbortSignal,
	redirects = 0,
): Promise<{ status: number; text: string }> {
	if (!isLoopback(new URL(address).hostname)) throw new Error('Only loopback can be reached');
	const response = await fetch(address, {
		method: 'POST',
		// Without it the receiver's server would wait for idle connections when it is closed.
		headers: { ...headers, connection: 'close' },
		body,
		signal,
		redirect: 'manual',
	});
	const location = response.headers.get('location');
	if (location !== null && redirects > 0) {
		const next = new URL(location, address).href;
		return await post(next, headers, body, signal, redirects - 1);
	}
	return { status: response.status, text: await response.text() };
}

/** The JSON object in an answer, empty when there is none. */
export function parseObject(text: string): Record<string, unknown> {
	try {
		return Object(JSON.parse(text));
	} catch {
		return {};
	}
}

/** A token of the receiver: asked for in the Standard way, then in the Custom one. */
async function fetchToken(hook: Webhook, signal: AbortSignal): Promise<string> {
	const address = hook.oauth2_access_token_url ?? '';
	const id = hook.oauth2_client_id ?? '';
	const secret = hook.oauth2_client_secret ?? '';
	const standard = await post(
		address,
		{ accept: 'application/json' },
		new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: id,
			client_secret: secret,
		}),
		signal,
	);
	const { access_token } = parseObject(standard.text);
	if (standard.status < 300 && typeof access_token === 'string') return access_token;
	const custom = await post(
		address,
		{ accept: 'application/json', 'content-type': 'application/json' },
		JSON.stringify({ clientId: id, clientSecret: secret }),
		signal,
	);
	const data = Object(parseObject(custom.text).data);
	const isComplete =
		typeof data.accessToken === 'string' && data.refreshToken && data.expiredIn !== undefined;
	if (custom.status >= 300 || !isComplete) throw new Error('The token endpoint gave no token');
	return data.accessToken;
}

/**
 * The headers that prove a delivery comes from SePay.
 * @throws when the receiver gives no OAuth token
 */
export async function authenticationHeaders(
	hook: Webhook,
	bytes: Uint8Array,
	signal: AbortSignal,
): Promise<Record<string, string>> {
	switch (hook.authen_type) {
		case 'No_Authen':
			return {};
		case 'Api_Key':
			return { authorization: `Apikey ${hook.api_key}` };
		case 'OAuth2.0':
			return { authorization: `Bearer ${await fetchToken(hook, signal)}` };
		case 'HMAC_SHA256': {
			// Real time, not the sandbox clock: receivers compare it with theirs.
			const timestamp = String(Math.floor(Date.now() / 1000));
			const hmac = createHmac('sha256', hook.secret_key ?? '');
			const signature = hmac.update(`${timestamp}.`).update(bytes).digest('hex');
			return { 'x-sepay-timestamp': timestamp, 'x-sepay-signature': `sha256=${signature}` };
		}
	}
}
