import { UUID_EXAMPLE } from '../../../shared/operations/locators';
import { readObject } from '../../../shared/sePay/tokenApi';
import { typedId } from '../../fields';
import { declare } from '../../operations';
import { bankAccount, toRefund, withRefundFallbackPath } from './fields';

export const get = declare(
	{
		value: 'get',
		action: 'Get a refund',
		description: 'Retrieve one refund with its amount and progress',
		main: [
			bankAccount,
			typedId('refundId', 'The UUID of the refund, as Create returned it', {
				displayName: 'Refund ID',
				placeholder: `e.g. ${UUID_EXAMPLE}`,
			}),
		],
	},
	{ method: 'GET', url: '/bank-accounts/{bankAccountId}/refunds/{refundId}' },
	async function (request) {
		return [await withRefundFallbackPath(request, (read) => readObject.call(this, read))];
	},
	toRefund,
);
