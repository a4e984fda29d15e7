import { simplify } from '../../../shared/operations/descriptions';
import { fieldType, option, required } from '../../../shared/operations/fields';
import { simplifyWith } from '../../../shared/operations/operations';
import { isObject, textOrNull } from '../../../shared/values';
import { declareGet } from '../../operations';
import { parseCode, unsent } from '../../parameters';
import { simpleInvoice } from './output';

const [trackingCode] = required(
	fieldType('string', parseCode, { placeholder: 'e.g. 084e179d-d95a-11f0-aef4-52c7e9b4f41b' })(
		'tracking_code',
		'The tracking code that Create or Issue returned',
	),
);

const job = option('job', ['create', 'issue'], 'The operation that returned the tracking code', {
	options: [
		{ name: 'Create', value: 'create' },
		{ name: 'Issue', value: 'issue' },
	],
});

export const getJobStatus = declareGet(
	{
		name: 'Get Job Status',
		value: 'getJobStatus',
		action: 'Get the status of a job',
		description:
			'Retrieve the progress of creating or issuing an invoice. A failed job may still have created the invoice. Check with Get before you create it again.',
		main: [unsent(trackingCode), unsent(job)],
		output: [simplify],
	},
	'/v1/invoices/{job}/check/{trackingCode}',
	simplifyWith(function ({ retry, invoice, ...row }) {
		return {
			trackingCode: String(this.getNodeParameter('trackingCode')).trim(),
			jobStatus: row.status,
			message: textOrNull(row.message),
			errorCode: textOrNull(row.error_code),
			nextRetryAt: isObject(retry) ? textOrNull(retry.next_retry_at) : null,
			...(isObject(invoice) ? simpleInvoice(invoice) : { referenceCode: row.reference_code }),
		};
	}),
);
