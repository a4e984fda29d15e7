import type { IExecutePaginationFunctions } from 'n8n-workflow';
import {
	createOperations,
	type OutputMapper,
} from '../../../../nodes/shared/operations/operations';
import { parseId } from '../../../../nodes/shared/operations/parameterParsers';
import { pageReader, readObject } from '../shared/payt';

/**
 * An ID, or the number by which Payt finds a record as well, ready to stand in a path.
 *
 * @throws NodeOperationError when it is empty or leads elsewhere
 */
function parsePaytId(
	context: IExecutePaginationFunctions,
	displayName: string,
	value: unknown,
): string {
	const id = parseId(context, displayName, value, /^(?!\.+$|\[object ).+$/, 'an ID or number');
	return encodeURIComponent(id);
}

export const { operation, readOne, readMany } = createOperations({
	readObject,
	pageReader,
	parseId: parsePaytId,
	labels: {
		companyId: 'Company ID',
		creditCaseId: 'Credit Case ID',
		messageId: 'Message ID',
		notificationId: 'Notification ID',
		paymentPlanId: 'Payment Plan ID',
		pspTransactionId: 'PSP Transaction ID',
		taskId: 'Task ID',
	},
	mayBeEmpty: ['labels', 'payments', 'invoiceLines'],
});

/** The answer as Payt sent it. */
export const identity: OutputMapper = (row) => row;
