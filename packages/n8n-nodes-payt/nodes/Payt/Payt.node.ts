import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { throughAdapter } from '../../../../nodes/shared/operations/declarativeAdapter';
import { shareProperties } from '../../../../nodes/shared/operations/descriptions';
import { getAdministrations } from './listSearch/getAdministrations';
import { getDebtors } from './listSearch/getDebtors';
import { getInvoices } from './listSearch/getInvoices';
import { administration } from './resources/administration';
import { company } from './resources/company';
import { contact } from './resources/contact';
import { creditCase } from './resources/creditCase';
import { debtor } from './resources/debtor';
import { file } from './resources/file';
import { invoice } from './resources/invoice';
import { message } from './resources/message';
import { note } from './resources/note';
import { notification } from './resources/notification';
import { order } from './resources/order';
import { orderLine } from './resources/orderLine';
import { payment } from './resources/payment';
import { paymentCondition } from './resources/paymentCondition';
import { paymentPlan } from './resources/paymentPlan';
import { pspMandate } from './resources/pspMandate';
import { pspTransaction } from './resources/pspTransaction';
import { signUp } from './resources/signUp';
import { task } from './resources/task';
import { vatRate } from './resources/vatRate';

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
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Administration', value: 'administration' },
					{ name: 'Company', value: 'company' },
					{ name: 'Contact', value: 'contact' },
					{ name: 'Credit Case', value: 'creditCase' },
					{ name: 'Debtor', value: 'debtor' },
					{ name: 'File', value: 'file' },
					{ name: 'Invoice', value: 'invoice' },
					{ name: 'Message', value: 'message' },
					{ name: 'Note', value: 'note' },
					{ name: 'Notification', value: 'notification' },
					{ name: 'Order', value: 'order' },
					{ name: 'Order Line', value: 'orderLine' },
					{ name: 'Payment', value: 'payment' },
					{ name: 'Payment Condition', value: 'paymentCondition' },
					{ name: 'Payment Plan', value: 'paymentPlan' },
					{ name: 'PSP Mandate', value: 'pspMandate' },
					{ name: 'PSP Transaction', value: 'pspTransaction' },
					{ name: 'Sign Up', value: 'signUp' },
					{ name: 'Task', value: 'task' },
					{ name: 'VAT Rate', value: 'vatRate' },
				],
				default: 'invoice',
				routing: throughAdapter,
			},
			...shareProperties(
				administration,
				company,
				contact,
				creditCase,
				debtor,
				file,
				invoice,
				message,
				note,
				notification,
				order,
				orderLine,
				payment,
				paymentCondition,
				paymentPlan,
				pspMandate,
				pspTransaction,
				signUp,
				task,
				vatRate,
			),
		],
	};

	methods = { listSearch: { getAdministrations, getDebtors, getInvoices } };
}
