import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { isObject, isText, readersOf, type Envelope } from './envelopes';
import { texts } from './refusals';
import type { Service } from './service';

const HOSTS: Record<string, string> = {
	production: 'https://bankhub-api.sepay.vn',
	sandbox: 'https://bankhub-api-sandbox.sepay.vn',
};

/** The address that the paths `/v1/…` are appended to; people paste it with more behind it. */
function baseUrl({ environment, baseUrl: custom }: ICredentialDataDecryptedObject): string {
	return (
		HOSTS[String(environment)] ??
		String(custom ?? '')
			.trim()
			.replace(/[?#].*$/, '')
			.replace(/(\/v1)?\/*$/i, '')
	);
}

/** SePay's API for platforms that link the bank accounts of their customers. */
export const bankHub: Service = {
	name: 'SePay Bank Hub',
	credentialType: 'sePayBankHubApi',
	baseUrl,
	// No document names a limit of Bank Hub: the one that SePay names for its other API.
	pace: { calls: 3, perMs: 1040 },
	isRead: (method, path) => method === 'GET' || path === '/v1/link-token/get',
	// SePay's own client takes this as an expired access token, whatever the status.
	expiredError: 'access_denied',
	signInHelp:
		'Check Client ID, Client Secret and Environment in the credential: SePay gives out different ones for Production and Sandbox.',
	permission: (_method, path) =>
		path === '/v1/transaction/create'
			? 'SePay makes test transactions on its sandbox only: choose the Environment Sandbox in the credential.'
			: undefined,
};

/** Whether a credential is for the bank accounts of real customers. */
export function isProduction(credentials: ICredentialDataDecryptedObject): boolean {
	return baseUrl(credentials).toLowerCase() === HOSTS.production;
}

/** Whether an answer says that the call was refused, in any of the shapes that SePay documents ("Error bodies"). */
function isRefused({ code, status, error, errors, messages }: Envelope): boolean {
	return (
		[code, status, error].some((number) => Number(number) >= 400) ||
		(isText(error) && !(Number(error) < 400)) ||
		texts([errors, Object(messages).error]).length > 0
	);
}

export const {
	call: callBankHub,
	readObject,
	pageReader,
} = readersOf({
	service: bankHub,
	isRefused,
	// A link token comes without an envelope.
	objectIn: (envelope) =>
		isObject(envelope.data) || !('xid' in envelope) ? envelope.data : envelope,
	sizeName: 'per_page',
	countsIn: ({ total, per_page, page_count, total_pages }) => ({
		total,
		perPage: per_page,
		lastPage: page_count ?? total_pages,
	}),
});
