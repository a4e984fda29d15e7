import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SePayPaymentGatewayApi } from '../../../credentials/SePayPaymentGatewayApi.credentials';
import { SePayPaymentGatewayTrigger } from '../../../nodes/SePayPaymentGatewayTrigger/SePayPaymentGatewayTrigger.node';
import { TestCredentials } from '../../harness/credentials';
import { processedItems, TriggerWorkflow } from '../../harness/trigger';

export const SECRET = 'spsk_test_0123456789abcdef';

export const byKey = (secret = SECRET) => ({ 'x-secret-key': secret });

let workflows = 0;

/** A workflow of its own; what another one remembers is not in its way. */
export function workflowOf(
	parameters: INodeParameters = {},
	credential: IDataObject = {},
	options: Partial<ConstructorParameters<typeof TriggerWorkflow>[1]> = {},
): TriggerWorkflow {
	const id = options.id ?? `gateway${++workflows}`;
	processedItems.delete(`${id} n1`);
	return new TriggerWorkflow(new SePayPaymentGatewayTrigger(), {
		credentials: new TestCredentials([new SePayPaymentGatewayApi()], {
			sePayPaymentGatewayApi: {
				environment: 'sandbox',
				merchantId: 'SP-TEST-1',
				secretKey: SECRET,
				...credential,
			},
		}),
		parameters,
		webhookId: `hook-${id}`,
		...options,
		id,
	});
}

export const orderIn = {
	id: 'e2c195be-c721-47eb-b323-99ab24e52d85',
	order_id: 'NPSETVI00101000042R',
	order_status: 'CAPTURED',
	order_currency: 'VND',
	order_amount: '50000.00',
	order_invoice_number: 'DH1042',
	custom_data: [] as unknown,
	user_agent: 'Mozilla/5.0',
	ip_address: '14.0.0.1',
	order_description: 'Đơn hàng DH1042',
};

export const transactionIn = {
	id: '384c66dd-41e6-4316-a544-b4141682595c',
	payment_method: 'CARD',
	transaction_id: '68ba94ac80123',
	transaction_type: 'PAYMENT',
	transaction_date: '2025-09-01 00:00:15',
	transaction_status: 'APPROVED',
	transaction_amount: '50000' as unknown,
	transaction_currency: 'VND',
	authentication_status: 'AUTHENTICATION_SUCCESSFUL',
	card_number: '411111******1111',
	card_holder_name: 'NGUYEN VAN A',
	card_expiry: '12/26',
	card_funding_method: 'CREDIT',
	card_brand: 'VISA',
};

/** An IPN as SePay's documents show it. */
export const ipn = (fields: object = {}) => ({
	timestamp: 1_757_058_220 as unknown,
	notification_type: 'ORDER_PAID' as unknown,
	order: orderIn as unknown,
	transaction: transactionIn as unknown,
	customer: null as unknown,
	...fields,
});

export const order = (fields: object) => ({ order: { ...orderIn, ...fields } });
export const transaction = (fields: object) => ({ transaction: { ...transactionIn, ...fields } });
