import type { IHttpRequestOptions } from 'n8n-workflow';
import { typed } from '../../../shared/values';
import { withEitherPath, type Shape } from '../../exchanges';
import { pathId } from '../../fields';

/**
 * Calls with the declared path, and without the bank account in it when SePay lists no refunds there:
 * its documents do not show where.
 */
export const atEitherPath = <T>(
	request: IHttpRequestOptions,
	call: (request: IHttpRequestOptions) => Promise<T>,
) => withEitherPath(request, request.url.replace(/^\/bank-accounts\/[^/]+/, ''), call);

/** A refund with its amount as a number. */
export const toRefund: Shape = (row) => typed(row, { numbers: ['refund_amount'], flags: [] });

export const bankAccount = pathId(
	'Bank Account',
	'bankAccountId',
	'getBankAccounts',
	'The bank account that the money was received on',
);
