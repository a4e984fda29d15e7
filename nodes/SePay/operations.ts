import type { IHttpRequestOptions } from 'n8n-workflow';
import { declarativeAdapter } from '../shared/operations/declarativeAdapter';
import { createOperations } from '../shared/operations/operations';
import { parameterError } from '../shared/operations/parameterError';
import { pageReader, readObject } from '../shared/sePay/authentication';

export const { operation, declare, declareCall, declareGet, declareGetAll, listRows } =
	createOperations({ readObject, pageReader });

/** Calls with the declared path and, when SePay has nothing at it, with `other` in place of a part of it. */
export const withFallbackPath =
	(part: string | RegExp, other: string) =>
	async <T>(request: IHttpRequestOptions, call: (request: IHttpRequestOptions) => Promise<T>) =>
		await call(request).catch(async (error) => {
			if (error.httpCode !== '404') throw error;
			return await call({ ...request, url: request.url.replace(part, other) });
		});

/**
 * Runs when no operation is shown: a workflow that was written or changed elsewhere names one that
 * its Authentication does not have.
 */
export const unavailableOperation = declarativeAdapter(async function () {
	throw parameterError(
		this,
		'Operation',
		'available with the selected authentication',
		'Choose Resource and Operation from the lists, or change Authentication.',
	);
});
