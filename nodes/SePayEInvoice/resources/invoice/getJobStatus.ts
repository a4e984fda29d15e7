import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { fieldType, local, option, required } from '../../../shared/operations/fields';
import { simplifyWith } from '../../../shared/operations/operations';
import {
	asSentText,
	asText,
	from,
	outputOf,
	type OutputMapper,
} from '../../../shared/operations/output';
import { declareGet } from '../../operations';
import { parseCode } from '../../parameters';
import { besideInvoice } from './output';

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

const status = besideInvoice(
	outputOf({
		trackingCode: from('trackingCode', asSentText),
		jobStatus: from('status', asSentText),
		message: from('message', asText),
		errorCode: from('error_code', asText),
		nextRetryAt: from('retry.next_retry_at', asText),
		referenceCode: from('reference_code', asSentText),
	}),
);

const toJobStatus: OutputMapper = Object.assign(
	function (this: IExecutePaginationFunctions, row: IDataObject) {
		const trackingCode = String(this.getNodeParameter('trackingCode')).trim();
		return status({ ...row, trackingCode });
	},
	{ schema: status.schema },
);

export const getJobStatus = declareGet(
	{
		value: 'getJobStatus',
		action: 'Get the status of a job',
		description:
			'Retrieve the progress of creating or issuing an invoice. A failed job may still have created the invoice. Check with Get before you create it again.',
		main: [local(trackingCode), local(job)],
	},
	'/v1/invoices/{job}/check/{trackingCode}',
	simplifyWith(toJobStatus),
);
