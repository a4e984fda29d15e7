import type { IHttpRequestOptions } from 'n8n-workflow';
import { pageReader, readObject } from '../shared/authentication';
import { exchanges, invalid } from '../shared/exchange';
import { operationsOf } from '../shared/operations';
import { idFrom } from './parameters';

export {
	asSent,
	dropEmptyFilters,
	simplifiedBy,
	withoutEmpty,
	type Keep,
	type Prepare,
	type Shape,
} from '../shared/operations';

export const { operation, readOne, readMany, declare, declareGet, declareGetAll } = operationsOf({
	readObject,
	pageReader,
	idFrom,
	labels: { code: 'Payment Code', transactionId: 'Transaction ID' },
});

/** Calls with the declared path, and with the other one when SePay has nothing at it. */
export async function withEitherPath<T>(
	request: IHttpRequestOptions,
	otherPath: string,
	call: (request: IHttpRequestOptions) => Promise<T>,
): Promise<T> {
	return await call(request).catch(async (error) => {
		if (error.httpCode !== '404') throw error;
		return await call({ ...request, url: otherPath });
	});
}

/**
 * Runs when no operation is shown: a workflow that was written or changed elsewhere names one that
 * its Authentication does not have.
 */
export const notShown = exchanges(async function () {
	throw invalid(
		this,
		'Operation',
		'one that this Authentication has',
		'Choose Resource and Operation from the lists, or another Authentication.',
	);
});
