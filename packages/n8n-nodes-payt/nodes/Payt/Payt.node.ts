import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { nodeProperties } from '../../../../nodes/shared/operations/operations';
import * as listSearch from './listSearch';
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
		properties: nodeProperties(
			'invoice',
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
	};

	methods = { listSearch };
}
