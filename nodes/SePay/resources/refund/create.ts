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

const refundOf = option('refundOf', [], 'What is paid back', {
	noDataExpression: true,
	options: [
		{
			name: 'Order',
			value: 'order',
			description: 'What was paid for an order',
			routing: { request: { url: '/bank-accounts/{bankAccountId}/orders/{orderId}/refund' } },
		},
		{
			name: 'Transaction',
			value: 'transaction',
			description: 'What one transfer brought',
			routing: { request: { url: '/transactions/{transactionId}/refund' } },
		},
	],
	default: 'order',
});

const idempotencyKey = matching(
	/^[\x21-\x7e]{1,255}$/,
	'at most 255 letters, digits and signs without blanks',
)(
	'idempotencyKey',
	'What SePay knows this refund by: with the same key nothing is paid a second time. By default a key of the execution and item, so that n8n may repeat a failed item safely; give the ID of your own request to be safe across executions too.',
	{ placeholder: 'e.g. {{ $json.refundRequestId }}' },
);

export const create = declare(
	{
		name: 'Create',
		value: 'create',
		action: 'Create a refund',
		description:
			'Send money back to the payer of an order or of a transaction. This moves money and cannot be undone. Enterprise accounts at VietinBank only.',
		main: [
			local(refundOf),
			...showFor({ refundOf: ['order'] }, [
				bankAccount,
				pathId('Order', 'orderId', 'getOrders', 'The order whose payment is sent back'),
			]),
			...showFor({ refundOf: ['transaction'] }, [
				typedId('transactionId', 'The UUID of the transaction that brought the money', {
					displayName: 'Transaction ID',
					placeholder: `e.g. ${UUID_EXAMPLE}`,
				}),
			]),
			local(
				flag('refundAll', 'Whether to send back all that is left of what was received', {
					noDataExpression: true,
				}),
			),
			...required(
				payable(
					'refund_amount',
					'What to send back, in whole VND: at most what was received less all refunds so far, those under way included',
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
