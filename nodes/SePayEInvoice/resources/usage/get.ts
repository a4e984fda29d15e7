import { toExactNumber } from '../../../shared/values';
import { declareGet } from '../../operations';

export const get = declareGet(
	{
		name: 'Get',
		value: 'get',
		action: 'Get the remaining quota',
		description: 'Retrieve how many invoices you can still issue. Drafts do not count.',
	},
	'/v1/usage',
	({ quota_remaining }) => ({ quotaRemaining: toExactNumber(quota_remaining) as number }),
);
