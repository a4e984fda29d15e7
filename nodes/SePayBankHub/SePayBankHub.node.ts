import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { nodeProperties } from '../shared/operations/operations';
import * as listSearch from './listSearch';
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
		properties: nodeProperties(
			'transaction',
			bankAccount,
			company,
			linkToken,
			merchant,
			transaction,
			webhook,
		),
	};

	methods = { listSearch };
}
