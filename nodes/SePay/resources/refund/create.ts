import { createHash } from 'crypto';
import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { checkedId } from '../../../shared/checks';
import { collectionOf, type Operation } from '../../../shared/descriptions';
import { UUID_EXAMPLE, locator } from '../../../shared/locators';
import { readOne } from '../../exchanges';
import { payableVnd } from '../../parameters';
import { bankAccountId, toRefund } from './fields';

/**
 * What SePay knows a refund by: the same each time that n8n repeats the item, by Retry On Fail or by a
 * retry of the failed execution, and another for each item, round of a loop, execution and n8n.
 */
function keyFor(context: IExecutePaginationFunctions, path: string): string {
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

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a refund',
		description:
			'Send money back to the payer of an order or of a transaction. This moves money and cannot be undone. Enterprise accounts at VietinBank only.',
		routing: {
			request: { method: 'POST' },
			operations: {
				pagination: readOne(toRefund, function (request) {
					const isAll = this.getNodeParameter('refundAll', false);
					const amount = this.getNodeParameter('amount', '');
					request.body = isAll ? {} : { refund_amount: payableVnd(this, 'Amount', amount) };
					const own = this.getNodeParameter('options.idempotencyKey', '');
					const wanted = 'at most 255 letters, digits and signs without blanks';
					const key = own
						? checkedId(this, 'Idempotency Key', own, /^[\x21-\x7e]{1,255}$/, wanted)
						: keyFor(this, request.url);
					request.headers = { ...request.headers, 'X-Idempotency-Key': key };
				}),
			},
		},
	},
	properties: [
		{
			displayName: 'Refund Of',
			name: 'refundOf',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Order',
					value: 'order',
					description: 'What was paid for an order',
					routing: {
						request: { url: '/bank-accounts/{bankAccountId}/orders/{orderId}/refund' },
					},
				},
				{
					name: 'Transaction',
					value: 'transaction',
					description: 'What one transfer brought',
					routing: { request: { url: '/transactions/{transactionId}/refund' } },
				},
			],
			default: 'order',
			description: 'What is paid back',
		},
		{ ...bankAccountId, displayOptions: { show: { refundOf: ['order'] } } },
		{
			...locator('Order', 'orderId', 'getOrders', 'The order whose payment is sent back'),
			required: true,
			displayOptions: { show: { refundOf: ['order'] } },
		},
		{
			displayName: 'Transaction ID',
			name: 'transactionId',
			type: 'string',
			required: true,
			displayOptions: { show: { refundOf: ['transaction'] } },
			default: '',
			placeholder: `e.g. ${UUID_EXAMPLE}`,
			description: 'The UUID of the transaction that brought the money',
		},
		{
			displayName: 'Refund All',
			name: 'refundAll',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description: 'Whether to send back all that is left of what was received',
		},
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'number',
			typeOptions: { minValue: 1 },
			required: true,
			displayOptions: { show: { refundAll: [false] } },
			default: 0,
			placeholder: 'e.g. 500000',
			description:
				'What to send back, in whole VND: at most what was received less all refunds so far, those under way included',
		},
		collectionOf('Options', 'options', 'Add Option', [
			{
				displayName: 'Idempotency Key',
				name: 'idempotencyKey',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.refundRequestId }}',
				description:
					'What SePay knows this refund by: with the same key nothing is paid a second time. By default a key of the execution and item, so that n8n may repeat a failed item safely; give the ID of your own request to be safe across executions too.',
			},
		]),
	],
};
