import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { SePayPaymentGateway } from '../../../nodes/SePayPaymentGateway/SePayPaymentGateway.node';
import { ApiError } from '../../sandbox/apiError';
import type { Variants } from '../../sandbox/paymentGateway';
import { errorAnswer } from '../../sandbox/paymentGateway/answers';
import { byId, useGateway } from './paymentGateway';

const tester = useGateway();
const WORDS = 'Không hợp lệ';

const OPERATIONS: Array<[string, INodeParameters]> = [
	[
		'checkout create',
		{
			resource: 'checkout',
			operation: 'create',
			amount: 1000,
			description: 'Shoes',
			invoiceNumber: 'DH1',
		},
	],
	['order cancel', { resource: 'order', operation: 'cancel', orderId: byId('DH1001') }],
	['order get', { resource: 'order', operation: 'get', orderId: byId('DH1001') }],
	['order getAll', { resource: 'order', operation: 'getAll', returnAll: true }],
	[
		'order voidTransaction',
		{ resource: 'order', operation: 'voidTransaction', orderId: byId('X') },
	],
];

const SHAPES: Array<Variants['errorShape']> = ['message', 'error', 'errors', 'html'];

test('the table has every operation of the node', () => {
	const { properties } = new SePayPaymentGateway().description;
	const names = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${String(displayOptions!.show!.resource![0])} ${String(value)}`,
			),
		);
	expect(OPERATIONS.map(([name]) => name)).toEqual(names);
});

describe.each(OPERATIONS)('%s', (_name, parameters) => {
	test.each(SHAPES.flatMap((shape) => [403, 500, 503].map((status) => [shape, status] as const)))(
		'a refusal as %s with HTTP %i is an error with the words of SePay',
		async (errorShape, status) => {
			tester.gateway.variants.errorShape = errorShape;
			const request = { path: '/v1/order' } as never;
			const apiError = new ApiError(status, WORDS);
			const { body, headers } = errorAnswer(apiError, request, tester.gateway.variants);
			const answer = { status, body, contentType: headers['content-type'], headers: {} };
			const isTried = { headers: { 'retry-after': '3600' } };
			tester.gateway.fault({ times: Infinity, answer: { ...answer, ...isTried } });
			const { message, description } = await tester.failure(parameters);
			expect(message).toMatch(/SePay Payment Gateway (denied access|returned)/);
			if (errorShape === 'html') expect(description).toContain('a web page instead of data');
			else expect(message).toContain(WORDS);
		},
	);
});

test.each(OPERATIONS.filter(([, { operation }]) => /create|get/.test(String(operation))))(
	'%s asks again when a connection breaks',
	async (_name, parameters) => {
		tester.gateway.addOrder();
		tester.gateway.fault({ method: 'GET', answer: 'cut' });
		expect(await tester.rows(parameters)).toHaveLength(1);
	},
);
