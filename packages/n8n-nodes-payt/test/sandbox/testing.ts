import { checked, type Answered } from '../../../../test/sandbox/testing';
import { openApi } from '../contract';
import { startPayt, type Payt, type PaytOptions } from '.';

export type { Answered } from '../../../../test/sandbox/testing';

/** Starts a Payt before each test, without rate limit unless the options set one. */
export function usePayt(options: PaytOptions = {}): () => Payt {
	let payt: Payt;
	beforeEach(async () => {
		payt = await startPayt({ rateLimit: false, ...options });
	});
	afterEach(() => payt.close());
	return () => payt;
}

interface CallOptions {
	/** Default: a new one with all scopes. */
	token?: string;
	/** Sent in place of the token. */
	authorization?: string;
	/** JSON, a `FormData` (multipart) or `URLSearchParams`. */
	body?: unknown;
}

/** The header that proves to be the application. */
export function basic({ client }: Payt, secret = client.secret): string {
	return `Basic ${Buffer.from(`${client.id}:${secret}`).toString('base64')}`;
}

const validateRequest = openApi.validateRequest.bind(openApi);

/**
 * Calls Payt. Every answer has to be as the contract says, and so has every request that the sandbox
 * takes.
 */
export async function callPayt(
	payt: Payt,
	method: string,
	address: string,
	{ token, authorization, body }: CallOptions = {},
): Promise<Answered> {
	const url = new URL(payt.url + address);
	const bearer = `Bearer ${token ?? payt.issueToken().access_token}`;
	// Who selects fields gets no others, required ones or not.
	const isSelected = url.searchParams.has('fields');
	const contract = {
		validateRequest,
		validateAnswer: (...answer: Parameters<typeof openApi.validateAnswer>) =>
			openApi
				.validateAnswer(...answer)
				.filter((problem) => !isSelected || !problem.includes('must have required property')),
	};
	return await checked(contract, method, url, { authorization: authorization ?? bearer }, body);
}
