import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { throughAdapter } from '../shared/operations/declarativeAdapter';
import { shareProperties } from '../shared/operations/descriptions';
import { getBankAccounts } from './listSearch/getBankAccounts';
import { getCompanies } from './listSearch/getCompanies';
import { bankAccount } from './resources/bankAccount';
import { company } from './resources/company';
import { linkToken } from './resources/linkToken';
import { merchant } from './resources/merchant';
import { transaction } from './resources/transaction';
import { webhook } from './resources/webhook';

export class SePayBankHub implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay Bank Hub',
		name: 'sePayBankHub',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			"Link your customers' Vietnamese bank accounts and read their transfers, as a platform on SePay Bank Hub",
		defaults: { name: 'SePay Bank Hub' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sePayBankHubApi', required: true }],
		requestDefaults: {},
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Bank Account', value: 'bankAccount' },
					{ name: 'Company', value: 'company' },
					{ name: 'Link Token', value: 'linkToken' },
					{ name: 'Merchant', value: 'merchant' },
					{ name: 'Transaction', value: 'transaction' },
					{ name: 'Webhook', value: 'webhook' },
				],
				default: 'transaction',
				routing: throughAdapter,
			},
			...shareProperties(bankAccount, company, linkToken, merchant, transaction, webhook),
		],
	};

	methods = { listSearch: { getBankAccounts, getCompanies } };
}
