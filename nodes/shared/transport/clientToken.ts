import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { isNonEmptyText, isObject } from '../values';
import { messageIn, pageHint, quoted, redirectNote } from './errors';
import { hostOf, sendWithRetry, TIMEOUT_MS, type Outcome } from './sending';
import type { Service } from './service';
import { sendSignIn, SignInError } from './signIn';

interface Client {
	id: string;
	secret: string;
	baseURL: string;
}

/** A call under way may come back with the token that has just been replaced, for as long as it may take. */
const TOKEN_CACHE_MS = 2 * TIMEOUT_MS;
/** The calls of one run, which come one after the other, need not all be refused by the service itself. */
const ERROR_CACHE_MS = 10_000;

function clientHash({ id, secret, baseURL }: Client): string {
	return createHash('sha256')
		.update(JSON.stringify([baseURL, id, secret]))
		.digest('hex');
}

/** The way out for services that issue client IDs and secrets by environment. */
export const CLIENT_HINT =
	'Check Client ID, Client Secret and Environment in the credential. Production and Sandbox have different ones.';

/**
 * The access tokens of a service that gives them for client ID and secret, at `POST /v1/token`.
 *
 * @param hosts by environment; a client belongs to one of them
 * @param tokenIn what stands where the token belongs in the body of the answer
 */
export function clientTokens(
	service: Service,
	hosts: Record<string, string>,
	tokenIn: (body: IDataObject) => unknown,
) {
	const { name, authenticationHint } = service;
	const correct = `Open the ${name} credential and correct it.`;
	/** What stands or comes in place of a token, by client and that token. */
	const replacements = new Map<string, { token: Promise<string>; until: number }>();

	/** The client in a credential; blanks around ID and secret come from copying. */
	function clientOf(credentials: ICredentialDataDecryptedObject): Client {
		const [id, secret] = [credentials.clientId, credentials.clientSecret].map((value) =>
			String(value ?? '').trim(),
		);
		return { id, secret, baseURL: service.baseUrl(credentials) };
	}

	function assertComplete({ id, secret, baseURL }: Client): void {
		const problem =
			(!id && 'Client ID must be filled in') ||
			(!secret && 'Client Secret must be filled in') ||
			(id.includes(':') &&
				`Client ID must not contain a colon. ${name} would read the rest as the secret.`) ||
			(!hostOf(baseURL) && `Base URL "${baseURL}" is not a URL`);
		if (problem) throw new SignInError(problem, correct);
	}

	async function ask(this: IHttpRequestHelper, { id, secret, baseURL }: Client): Promise<Outcome> {
		const basic = Buffer.from(`${id}:${secret}`, 'utf8').toString('base64');
		const headers = { Authorization: `Basic ${basic}` };
		return await sendSignIn.call(
			this,
			{ method: 'POST', baseURL, url: '/v1/token', headers },
			{ clientId: id, clientSecret: secret },
			(why) => new SignInError(`${name} returned no access token: ${why}`, correct),
		);
	}

	function tokenOf(outcome: Outcome): string | undefined {
		if ('networkCode' in outcome) return undefined;
		const { statusCode, body } = outcome.answer;
		const token = isObject(body) && statusCode >= 200 && statusCode < 300 && tokenIn(body);
		return isNonEmptyText(token) ? String(token) : undefined;
	}

	async function environmentOf(this: IHttpRequestHelper, client: Client) {
		const others = Object.entries(hosts).filter(([, host]) => host !== client.baseURL);
		if (others.length === Object.keys(hosts).length) return undefined;
		for (const [environment, baseURL] of others) {
			const outcome = await ask.call(this, { ...client, baseURL }).catch(() => undefined);
			if (outcome && tokenOf(outcome)) return environment[0].toUpperCase() + environment.slice(1);
		}
		return undefined;
	}

	/** Exchanges ID and secret for a token (reference: `POST /v1/token`). */
	async function exchange(this: IHttpRequestHelper, client: Client): Promise<string> {
		assertComplete(client);
		const { outcome, retryDelay } = await sendWithRetry(
			hostOf(client.baseURL)!,
			async () => await ask.call(this, client),
			true,
		);
		if ('networkCode' in outcome) {
			throw new SignInError(
				`The connection to ${name} was lost before it returned an access token`,
				`${outcome.networkCode} at ${client.baseURL}. Check the network and try again.`,
			);
		}
		const token = tokenOf(outcome);
		if (token) return `${clientHash(client)} ${token}`;
		const { statusCode, body } = outcome.answer;
		const redirect = redirectNote(name, outcome.answer, client.baseURL);
		if (redirect) throw new SignInError(redirect.message, redirect.description);
		const words = quoted(messageIn(body));
		if (statusCode === 401) {
			const environment = await environmentOf.call(this, client);
			if (environment) {
				throw new SignInError(
					`Client ID and Client Secret belong to the environment ${environment}`,
					`Set Environment to ${environment} in the credential.`,
				);
			}
			const message = `${name} rejected Client ID and Client Secret${words}`;
			throw new SignInError(message, authenticationHint);
		}
		const isPassing = statusCode === 429 || statusCode >= 500;
		throw new SignInError(
			`${name} returned no access token (HTTP ${statusCode})${words}`,
			pageHint(name, body) +
				(isPassing ? `Try again in ${Math.ceil(retryDelay / 1000)} seconds.` : authenticationHint),
		);
	}

	return {
		/**
		 * An access token in place of the one that the credential holds. All who hold the same one get
		 * the same new one: n8n asks for each call that met the end of a token, and once more for each
		 * call that was sent before the new one was stored.
		 *
		 * @returns whose token it is and the token, as `authorization` takes them
		 * @throws SignInError when the credential cannot be right, or the service gives no token
		 */
		async renewToken(
			this: IHttpRequestHelper,
			credentials: ICredentialDataDecryptedObject,
		): Promise<string> {
			const client = clientOf(credentials);
			const key = `${clientHash(client)} ${String(credentials.accessToken)}`;
			const known = replacements.get(key);
			if (known && Date.now() < known.until) return await known.token;

			for (const [old, { until }] of replacements) {
				if (until < Date.now()) replacements.delete(old);
			}
			const renewal = { token: exchange.call(this, client), until: Infinity };
			replacements.set(key, renewal);
			renewal.token.then(
				() => (renewal.until = Date.now() + TOKEN_CACHE_MS),
				() => (renewal.until = Date.now() + ERROR_CACHE_MS),
			);
			return await renewal.token;
		},

		/**
		 * The header that signs a call in. Without a token of the client that the credential names now
		 * there is none: the service answers 401 and n8n renews. A token lives on for hours when the credential
		 * is given another client, and the call would act for the wrong merchant.
		 */
		authorization(credentials: ICredentialDataDecryptedObject): IDataObject {
			const [owner, token] = String(credentials.accessToken ?? '').split(' ');
			return token && owner === clientHash(clientOf(credentials))
				? { Authorization: `Bearer ${token}` }
				: {};
		},
	};
}
