import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { checkedId } from '../../../../nodes/shared/checks';
import { operationsOf, type Shape } from '../../../../nodes/shared/operations';
import { pageReader, readObject } from '../shared/payt';

/**
 * An ID, or the number by which Payt finds a record as well, ready to stand in a path.
 *
 * @throws NodeOperationError when it is empty or leads elsewhere
 */
function idFrom(context: IExecutePaginationFunctions, displayName: string, value: unknown): string {
	const id = checkedId(context, displayName, value, /^(?!\.+$|\[object ).+$/, 'an ID or number');
	return encodeURIComponent(id);
}

export const { operation, readOne, readMany } = operationsOf({
	readObject,
	pageReader,
	idFrom,
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
export const asSent: Shape = (row) => row;
