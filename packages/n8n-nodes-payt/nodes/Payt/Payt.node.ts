import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { nodeProperties } from '../../../../nodes/shared/operations/operations';
import * as listSearch from './listSearch';
import * as resources from './resources';

export class Payt implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Payt',
		name: 'payt',
		icon: { light: 'file:../../icons/payt.svg', dark: 'file:../../icons/payt.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with debtors, invoices, reminders and debt collection in Payt',
		defaults: { name: 'Payt' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'paytOAuth2Api', required: true }],
		requestDefaults: {},
		properties: nodeProperties('invoice', ...Object.values(resources)),
	};

	methods = { listSearch };
}
