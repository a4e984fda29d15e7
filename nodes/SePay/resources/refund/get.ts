import { UUID_EXAMPLE } from '../../../shared/locators';
import { readObject } from '../../../shared/sePayToken';
import { declare } from '../../exchanges';
import { typedId } from '../../fields';
import { atEitherPath, bankAccount, toRefund } from './fields';

export const get = declare(
	{
		name: 'Get',
		value: 'get',
		action: 'Get a refund',
		description: 'Retrieve one refund with its amount and how far it has come',
		main: [
			bankAccount,
			typedId('refundId', 'The UUID of the refund, as Create gave it', {
				displayName: 'Refund ID',
				placeholder: `e.g. ${UUID_EXAMPLE}`,
			}),
		],
	},
	{ method: 'GET', url: '/bank-accounts/{bankAccountId}/refunds/{refundId}' },
	async function (request) {
		const row = await atEitherPath(request, (read) => readObject.call(this, read));
		return [toRefund.call(this, row)];
	},
);
