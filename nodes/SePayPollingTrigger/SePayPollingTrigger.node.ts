import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { credentialSelectors } from '../shared/operations/descriptions';
import { authentication, credentials } from '../shared/sePay/authentication';
import { getBankAccounts } from '../shared/sePay/listSearch/getBankAccounts';
import { dropProcessed } from './dropProcessed';
import { parameters } from './parameters';
import { poll } from './poll';

export class SePayPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay Polling Trigger',
		name: 'sePayPollingTrigger',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["filters"]["transferType"] ? "money " + $parameter["filters"]["transferType"] : "all transactions" }}',
		description:
			'Starts the workflow on each new transfer by polling SePay. For an n8n that SePay cannot reach.',
		defaults: { name: 'SePay Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [authentication, credentialSelectors, ...parameters],
	};

	methods = { listSearch: { getBankAccounts } };

	poll = poll;

	execute = dropProcessed;
}
