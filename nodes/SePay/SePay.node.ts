import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { getBankAccounts } from '../shared/listSearch/getBankAccounts';
import { getSubAccounts } from '../shared/listSearch/getSubAccounts';
import { getWebhooks } from '../shared/listSearch/getWebhooks';
import { bankAccount } from './resources/bankAccount';
import { company } from './resources/company';
import { profile } from './resources/profile';
import { transaction } from './resources/transaction';
import { webhook } from './resources/webhook';

export class SePay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay',
		name: 'sePay',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Read Vietnamese bank accounts and their incoming and outgoing transfers, and manage payment webhooks at SePay',
		defaults: { name: 'SePay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sePayOAuth2Api', required: true }],
		requestDefaults: { baseURL: '={{ $credentials.apiUrl }}' },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Bank Account', value: 'bankAccount' },
					{ name: 'Company', value: 'company' },
					{ name: 'Profile', value: 'profile' },
					{ name: 'Transaction', value: 'transaction' },
					{ name: 'Webhook', value: 'webhook' },
				],
				default: 'transaction',
				// Every operation, also one without pages, goes through its own exchange (shared/exchange.ts).
				routing: { send: { paginate: true } },
			},
			...bankAccount,
			...company,
			...profile,
			...transaction,
			...webhook,
		],
	};

	methods = { listSearch: { getBankAccounts, getSubAccounts, getWebhooks } };
}
