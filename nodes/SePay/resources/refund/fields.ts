import { asInteger, asSent } from '../../../shared/operations/output';
import { bankAccountInPath } from '../../fields';
import { withFallbackPath } from '../../operations';

/**
 * Calls with the declared path, and without the bank account in it when SePay lists no refunds there:
 * its documents do not show where.
 */
export const withRefundFallbackPath = withFallbackPath(/^\/bank-accounts\/[^/]+/, '');

/** A refund with its amount as a number. */
export const toRefund = asSent({ refund_amount: asInteger });

export const bankAccount = bankAccountInPath('The bank account that received the money');
