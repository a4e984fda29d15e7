import { createHash } from 'crypto';
import type { IExecutePaginationFunctions } from 'n8n-workflow';
import {
	flag,
	local,
	matching,
	option,
	required,
	showFor,
} from '../../../shared/operations/fields';
import { UUID_EXAMPLE } from '../../../shared/operations/locators';
import { readObject } from '../../../shared/sePay/tokenApi';
import { pathId, payable, typedId } from '../../fields';
import { declare } from '../../operations';
import { bankAccount, toRefund } from './fields';

/**
 * What SePay knows a refund by: the same each time that n8n repeats the item, by Retry On Fail or by a
 * retry of the failed execution, and another for each item, round of a loop, execution and n8n.
 */
function idempotencyKeyFor(context: IExecutePaginationFunctions, path: string): string {
	// A retried execution gets a new ID; when it first began is kept.
	const { establishedAt } = context.getExecutionContext() ?? {};
	const identity = [
		context.getInstanceId(),
		context.getWorkflow().id,
		establishedAt ?? context.getExecutionId(),
		context.getNode().id,
		context.evaluateExpression('{{ $runIndex }}', context.getItemIndex()),
		context.getItemIndex(),
		path,
	];
	return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}

const refundOf = option('refundOf', [], 'What to refund', {
	noDataExpression: true,
	options: [
		{
			name: 'Order',
			value: 'order',
			description: 'The payment of an order',
			routing: { request: { url: '/bank-accounts/{bankAccountId}/orders/{orderId}/refund' } },
		},
		{
			name: 'Transaction',
			value: 'transaction',
			description: 'The amount of one transaction',
			routing: { request: { url: '/transactions/{transactionId}/refund' } },
		},
	],
	default: 'order',
});

const idempotencyKey = matching(
	/^[\x21-\x7e]{1,255}$/,
	'at most 255 letters, digits and symbols without spaces',
)(
	'idempotencyKey',
	'Key that prevents a duplicate refund. SePay never pays twice for the same key. The default is unique to the execution and item, so n8n can safely retry a failed item. To also be safe across executions, use the ID of your own refund request.',
	{ placeholder: 'e.g. {{ $json.refundRequestId }}' },
);

export const create = declare(
	{
		value: 'create',
		action: 'Create a refund',
		description:
			'Refund the payer of an order or of a transaction. This moves money and cannot be undone. Only for enterprise accounts at VietinBank.',
		main: [
			local(refundOf),
			...showFor({ refundOf: ['order'] }, [
				bankAccount,
				pathId('orderId', 'getOrders', 'The order whose payment to refund'),
			]),
			...showFor({ refundOf: ['transaction'] }, [
				typedId('transactionId', 'The UUID of the transaction to refund', {
					displayName: 'Transaction ID',
					placeholder: `e.g. ${UUID_EXAMPLE}`,
				}),
			]),
			local(
				flag('refundAll', 'Whether to refund everything that has not been refunded yet', {
					noDataExpression: true,
				}),
			),
			...required(
				payable(
					'refund_amount',
					'Amount to refund, in whole VND. It can be up to the amount received, minus all earlier refunds and refunds in progress.',
					{ name: 'amount', displayOptions: { show: { refundAll: [false] } } },
				),
			),
		],
		options: [local(idempotencyKey)],
	},
	{ method: 'POST' },
	async function (request) {
		const own = this.getNodeParameter('options.idempotencyKey', '');
		const key = own
			? String(idempotencyKey.parse(this, 'Idempotency Key', own))
			: idempotencyKeyFor(this, request.url);
		const headers = { ...request.headers, 'X-Idempotency-Key': key };
		return [await readObject.call(this, { ...request, headers })];
	},
	toRefund,
);
