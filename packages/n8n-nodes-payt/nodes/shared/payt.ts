import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { apiError, unexpectedBodyError } from '../../../../nodes/shared/transport/errors';
import { createCaller, type ResponseBody } from '../../../../nodes/shared/transport/responseFormat';
import { send } from '../../../../nodes/shared/transport/sending';
import type { Service } from '../../../../nodes/shared/transport/service';
import { isNonEmptyText, isObject } from '../../../../nodes/shared/values';

const SETTINGS_PATH = 'At Payt, under Connections in the company settings';

/** Payt's API: debtors, invoices and what is done about them. */
export const payt: Service = {
	name: 'Payt',
	credentialType: 'paytOAuth2Api',
	baseUrl: ({ apiUrl }) => String(apiUrl),
	// Ten calls in any second, with 40 ms more because calls do not travel equally fast.
	rateLimit: { calls: 10, perMs: 1040 },
	isRateLimitPerCredential: true,
	authenticationFor: (path, { clientId, clientSecret }) =>
		/^\/v1\/(companies|sign_up)\b/.test(path)
			? { auth: { username: String(clientId).trim(), password: String(clientSecret).trim() } }
			: undefined,
	authenticationHint:
		'Open the credential in n8n, check it and reconnect it. The client secret may have been replaced, or the access withdrawn at Payt.',
	permissionHint(_method, _path, said) {
		const [, scope] = /missing permission:?\s*([\w:.-]+)/i.exec(said) ?? [];
		return scope
			? `This needs the permission "${scope}". ${SETTINGS_PATH}, select it in the application. The users who connected must then grant it. If Scope in the credential is not empty, add it there. Reconnect the credential.`
			: `Payt may have revoked the access token. It does so if a call comes from an IP address that is not on the IP allow list of the application. ${SETTINGS_PATH}, check the list and the permissions. Then reconnect the credential.`;
	},
};

const RUN_AGAIN =
	'Run the node again. The URL that Payt issued for the file is valid for only four hours.';

/** Where Payt has files put: the address itself holds the right to do so, for four hours. */
export const paytFiles: Service = {
	...payt,
	name: 'The Payt file storage',
	// The same bytes at the same address: putting them twice changes nothing.
	isSafeMethod: () => true,
	authenticationFor: () => ({}),
	authenticationHint: RUN_AGAIN,
	permissionHint: () => RUN_AGAIN,
};

/** Whether a 2xx answer says in words that the call was refused. */
const isErrorBody = ({ success, error }: ResponseBody) =>
	success === false || isNonEmptyText(error) || isObject(error);

/** Calls Payt; see {@link createCaller}. */
export const callPayt = createCaller({ service: payt, isError: isErrorBody });

/** Reads or writes one object, such as `GET /v1/invoices/19`. */
export async function readObject(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
): Promise<IDataObject> {
	const envelope = await callPayt.call(this, request, 'one object');
	return isObject(envelope.data) ? envelope.data : (envelope as IDataObject);
}

/** The records in an answer that is a list, one object or nothing: Payt's documents disagree. */
export async function readList(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
): Promise<IDataObject[]> {
	const answer = await send.call(this, payt, request);
	const context = { node: this.getNode(), service: payt, request };
	if (isObject(answer.body) && isErrorBody(answer.body)) throw apiError(context, answer, 0);
	const { data = answer.body } = Object(answer.body) as ResponseBody;
	if (isNonEmptyText(data)) throw unexpectedBodyError(context, 'a list of objects', data);
	return [data]
		.flat()
		.filter((row): row is IDataObject => isObject(row) && Object.keys(row).length > 0);
}

/**
 * Reads one page of a list after the other, each by the cursor of the one before. No document tells
 * how the last page is known: it is the one that has no cursor, or one that was sent before. A page
 * that is not full may be followed by more. With each page comes the cursor of the next.
 */
export function pageReader(this: IAllExecuteFunctions, request: IHttpRequestOptions) {
	const sent = new Set<string>();
	let { cursor } = (request.qs ?? {}) as { cursor?: string };
	const fetchPage = async (_page: number, per_page: number) => {
		const expected = 'a list of objects under "data"';
		if (cursor !== undefined) sent.add(cursor);
		const qs = { ...request.qs, per_page, ...(cursor !== undefined && { cursor }) };
		const envelope = await callPayt.call(this, { ...request, qs }, expected);
		const { data, pagination } = envelope;
		if (!Array.isArray(data) || !data.every(isObject)) {
			const context = { node: this.getNode(), service: payt, request };
			throw unexpectedBodyError(context, expected, data, envelope);
		}
		cursor = String((isObject(pagination) ? pagination.cursor : undefined) ?? '');
		return { rows: data, isLast: cursor === '' || sent.has(cursor), next: cursor };
	};
	return Object.assign(fetchPage, { largest: 500 });
}
