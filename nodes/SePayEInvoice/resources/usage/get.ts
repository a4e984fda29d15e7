import { asInteger, from, outputOf } from '../../../shared/operations/output';
import { declareGet } from '../../operations';

export const get = declareGet(
	{
		action: 'Get the remaining quota',
		description: 'Retrieve how many invoices you can still issue. Drafts do not count.',
	},
	'/v1/usage',
	outputOf({ quotaRemaining: from('quota_remaining', asInteger) }),
);
