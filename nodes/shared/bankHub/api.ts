import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { messagesIn } from '../transport/errors';
import { CLIENT_HINT, clientTokens } from '../transport/clientToken';
import { createReaders, type EnvelopeFormat, type ResponseBody } from '../transport/responseFormat';
import { baseUrlAmong, type Service } from '../transport/service';
import { isNonEmptyText, isObject } from '../values';

const HOSTS = {
	production: 'https://bankhub-api.sepay.vn',
	sandbox: 'https://bankhub-api-sandbox.sepay.vn',
};

/** SePay's API for platforms that link the bank accounts of their customers. */
export const bankHub: Service = {
	name: 'SePay Bank Hub',
	credentialType: 'sePayBankHubApi',
	baseUrl: baseUrlAmong(HOSTS),
	// No document names a limit of Bank Hub: the one that SePay names for its other API.
	rateLimit: { calls: 3, perMs: 1040 },
	isSafeMethod: (method, path) => method === 'GET' || path === '/v1/link-token/get',
	// SePay's own client takes this as an expired access token, whatever the status.
	expiredTokenError: 'access_denied',
	authenticationHint: CLIENT_HINT,
	permissionHint: (_method, path) =>
		path === '/v1/transaction/create'
			? 'SePay creates test transactions only in its sandbox. Set Environment to Sandbox in the credential.'
			: undefined,
};

export const { renewToken, authorization } = clientTokens(
	bankHub,
	HOSTS,
	({ access_token }) => access_token,
);

/** Whether a credential is for the bank accounts of real customers. */
export function isProduction(credentials: ICredentialDataDecryptedObject): boolean {
	return bankHub.baseUrl(credentials).toLowerCase() === HOSTS.production;
}

/** Whether an answer says that the call was refused, in any of the shapes that SePay documents ("Error bodies"). */
function isRefused({ code, status, error, errors, messages }: ResponseBody): boolean {
	return (
		[code, status, error].some((number) => Number(number) >= 400) ||
		(isNonEmptyText(error) && !(Number(error) < 400)) ||
		messagesIn([errors, Object(messages).error]).length > 0
	);
}

const format: EnvelopeFormat = {
	service: bankHub,
	isError: isRefused,
	// A link token comes without an envelope.
	dataOf: (envelope) =>
		isObject(envelope.data) || !('xid' in envelope) ? envelope.data : envelope,
};

export const { call: callBankHub, readObject, pageReader } = createReaders(format);
