import { asInteger, asSent } from '../../../shared/operations/output';
import { bankAccountInPath } from '../../fields';
import { withFallbackPath } from '../../operations';

/** SePay's documents do not show whether refunds are listed below the bank account. */
export const withRefundFallbackPath = withFallbackPath(/^\/bank-accounts\/[^/]+/, '');

/** A refund with its amount as a number. */
export const toRefund = asSent({ refund_amount: asInteger });

export const bankAccount = bankAccountInPath('The bank account that received the money');
