import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { nodeProperties } from '../shared/operations/operations';
import * as listSearch from './listSearch';
import { invoice } from './resources/invoice';
import { providerAccount } from './resources/providerAccount';
import { usage } from './resources/usage';

export class SePayEInvoice implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay eInvoice',
		name: 'sePayEInvoice',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Create, issue and download Vietnamese electronic invoices with SePay',
		defaults: { name: 'SePay eInvoice' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sePayEInvoiceApi', required: true }],
		requestDefaults: {},
		properties: nodeProperties('invoice', invoice, providerAccount, usage),
	};

	methods = { listSearch };
}
