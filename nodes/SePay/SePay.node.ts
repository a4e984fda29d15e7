import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { throughAdapter } from '../shared/operations/declarativeAdapter';
import { credentialSelectors } from '../shared/operations/descriptions';
import { nodeProperties } from '../shared/operations/operations';
import { authentication, credentials } from '../shared/sePay/authentication';
import * as listSearch from './listSearch';
import { unavailableOperation } from './operations';
import { bankAccount } from './resources/bankAccount';
import { company } from './resources/company';
import { order } from './resources/order';
import { payment, paymentOperations } from './resources/payment';
import { profile } from './resources/profile';
import { refund } from './resources/refund';
import { transaction } from './resources/transaction';
import { virtualAccount } from './resources/virtualAccount';
import { webhook } from './resources/webhook';

const WITHOUT_SEPAY = { operation: ['createQr', 'match'] };
/** What needs no credential: these, and a code whose format is entered. */
const WITHOUT_CREDENTIAL = { ...WITHOUT_SEPAY, codeStructure: ['custom'] };

const [resource, ...parameters] = nodeProperties(
	'transaction',
	bankAccount,
	company,
	order,
	payment,
	profile,
	refund,
	transaction,
	virtualAccount,
	webhook,
);

export class SePay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SePay',
		name: 'sePay',
		icon: { light: 'file:../../icons/sepay.svg', dark: 'file:../../icons/sepay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Read Vietnamese bank accounts and transfers, take payments for orders, and manage SePay webhooks',
		defaults: { name: 'SePay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentials.map(({ displayOptions, ...rest }) => ({
			...rest,
			displayOptions: { ...displayOptions, hide: WITHOUT_CREDENTIAL },
		})),
		requestDefaults: {},
		properties: [
			{ ...authentication, displayOptions: { hide: WITHOUT_SEPAY } },
			// In its place, so that n8n's editor keeps what was chosen for the other operations.
			{
				...authentication,
				displayName: 'This operation needs no credential.',
				type: 'notice',
				displayOptions: { show: WITHOUT_SEPAY },
			},
			credentialSelectors,
			{
				...resource,
				routing: { ...throughAdapter, operations: { pagination: unavailableOperation } },
			},
			...parameters,
		],
	};

	customOperations = { payment: paymentOperations };

	/** What n8n sets as `execute` of every declarative node. */
	private runDeclared: INodeType['execute'];

	/** n8n's MCP Server Trigger runs its tools by `execute`, and then knows no custom operations. */
	get execute(): INodeType['execute'] {
		const { customOperations, runDeclared } = this;
		if (!runDeclared) return undefined;
		return async function () {
			const { resource, operation } = this.getNode().parameters;
			const run = resource === 'payment' && customOperations.payment[String(operation)];
			return await (run || runDeclared).call(this);
		};
	}

	set execute(execute: INodeType['execute']) {
		this.runDeclared = execute;
	}

	methods = { listSearch };
}
