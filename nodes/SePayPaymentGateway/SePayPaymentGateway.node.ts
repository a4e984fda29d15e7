import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { nodeProperties } from '../shared/operations/operations';
import * as listSearch from './listSearch';
import { checkout } from './resources/checkout';
import { order } from './resources/order';

export class SePayPaymentGateway implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay Payment Gateway',
		name: 'sePayPaymentGateway',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Take payments on the SePay checkout page by bank QR, NAPAS QR or card, and read, cancel and void orders',
		defaults: { name: 'SePay Payment Gateway' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sePayPaymentGatewayApi', required: true }],
		requestDefaults: {},
		properties: nodeProperties('order', checkout, order),
	};

	methods = { listSearch };
}
