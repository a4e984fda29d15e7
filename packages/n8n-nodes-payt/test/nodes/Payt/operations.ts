import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { Payt as PaytNode } from '../../../nodes/Payt/Payt.node';
import { byId, type Tester } from './payt';

/** One operation, filled in so that it works on the data of the local Payt. */
export interface Sample {
	name: string;
	parameters: INodeParameters;
	/** What reaches Payt, as `PATCH /invoices/block`. */
	call: string;
}

export const binary = {
	data: {
		data: Buffer.from('%PDF-1.4 invoice').toString('base64'),
		mimeType: 'application/pdf',
		fileName: 'invoice "1".pdf',
	},
};

/** An invoice as users fill it in; further fields go over it. */
export const newInvoice = (fields: object = {}) => ({
	invoiceNumber: 'N-1',
	debtorBy: 'debtor_number',
	invoiceDate: '2026-01-02',
	dueDate: '2026-01-16',
	currencyCode: 'EUR',
	amountTotal: '121',
	amountOpen: 100.5,
	bookAmountTotal: '121.00',
	bookAmountOpen: '100.5',
	...fields,
});

export const newAdministration = {
	name: 'Bakkerij Jansen',
	emailAddress: 'info@jansen.example',
	commercialRegistrationNumber: '12345678',
	streetName: 'Oudegracht',
	houseNumber: '12',
	postalCode: '3511 AB',
	city: 'Utrecht',
	countryCode: 'NL',
};

/** Every operation of the node. */
export function everyOperation(tester: Tester): Sample[] {
	const { data } = tester.payt;
	const [debtor] = data.debtors;
	const [invoice] = data.invoices;
	const sample = (name: string, call: string, fields: object = {}): Sample => {
		const [resource, operation] = name.split(' ');
		return { name, call, parameters: tester.node(resource, operation, fields) };
	};
	const list = (resource: string, path: string) => sample(`${resource} getAll`, `GET ${path}`);
	const deleted = (resource: string, path: string) =>
		sample(`${resource} getAllDeleted`, `GET ${path}/deleted`, {
			deletedAfter: '2020-01-01T00:00:00Z',
		});
	const one = (resource: string, path: string, id: string) =>
		sample(`${resource} get`, `GET ${path}/${id}`, { [`${resource}Id`]: id });
	const administrationId = data.administrations[0].id;
	const [plan, activePlan] = data.payment_plans;
	const [task] = data.tasks;
	const { debtor_number } = debtor as IDataObject;
	const { invoice_number } = invoice as IDataObject;
	return [
		sample('administration create', 'POST /administrations', {
			...newAdministration,
			contactName: 'Jan Jansen',
		}),
		sample('administration get', `GET /administrations/${administrationId}`),
		list('administration', '/administrations'),
		one('company', '/companies', data.companies[0].id),
		list('company', '/companies'),
		list('contact', '/contacts'),
		sample('contact upsert', 'POST /contacts', { contactIdentifier: 'c-1' }),
		one('creditCase', '/credit_cases', data.credit_cases[0].id),
		list('creditCase', '/credit_cases'),
		deleted('creditCase', '/credit_cases'),
		sample('debtor get', `GET /debtors/${debtor.id}`, { debtorId: byId(debtor.id) }),
		list('debtor', '/debtors'),
		sample('debtor upsert', 'POST /debtors', {
			debtorNumber: 'N1',
			debtorIdentifier: 'n-1',
			name: 'Jansen',
		}),
		sample('file upload', 'POST /files', { binaryPropertyName: 'data' }),
		sample('invoice block', 'PATCH /invoices/block', { invoice: invoice_number }),
		sample('invoice get', `GET /invoices/${invoice.id}`, { invoiceId: byId(invoice.id) }),
		list('invoice', '/invoices'),
		deleted('invoice', '/invoices'),
		sample('invoice resume', 'PATCH /invoices/resume', { invoice: invoice_number }),
		sample('invoice update', 'PATCH /invoices', {
			invoiceNumber: invoice_number,
			additionalFields: { category: 'A' },
		}),
		sample('invoice upsert', 'POST /invoices', newInvoice({ debtor: debtor_number })),
		one('message', '/messages', data.messages[0].id),
		list('message', '/messages'),
		sample('message markRead', 'PATCH /messages', { messageId: data.messages[0].id, read: true }),
		sample('message send', 'POST /messages', {
			recipientBy: 'debtor_number',
			recipient: debtor_number,
			subject: 'Your invoice',
			body: 'Please pay.',
		}),
		list('note', '/notes'),
		one('notification', '/notifications', data.notifications[0].id),
		list('notification', '/notifications'),
		sample('order create', 'POST /orders', { binaryPropertyName: 'data' }),
		list('orderLine', '/order_lines'),
		list('payment', '/payments'),
		deleted('payment', '/payments'),
		sample('paymentCondition create', 'POST /payment_conditions', {
			code: '30D',
			name: 'In 30 days',
		}),
		sample('paymentPlan approve', `PATCH /payment_plans/${plan.id}/approve`, {
			paymentPlanId: plan.id,
		}),
		sample('paymentPlan create', 'POST /payment_plans', {
			coversBy: 'invoice_numbers',
			covers: invoice_number,
			terms: '[{"amount":"60.50","due_date":"2030-01-31"},{"amount":60.5,"due_date":"2030-02-28"}]',
		}),
		sample('paymentPlan deactivate', `PATCH /payment_plans/${activePlan.id}/deactivate`, {
			paymentPlanId: activePlan.id,
		}),
		one('paymentPlan', '/payment_plans', plan.id),
		list('paymentPlan', '/payment_plans'),
		deleted('paymentPlan', '/payment_plans'),
		sample('paymentPlan reject', `PATCH /payment_plans/${plan.id}/reject`, {
			paymentPlanId: plan.id,
		}),
		sample('pspMandate create', 'POST /psp_mandates', {
			bankAccountName: 'J. Jansen',
			bankAccountNumber: 'NL91ABNA0417164300',
			providerCode: 'mollie',
			additionalFields: { debtorId: debtor.id },
		}),
		sample('pspMandate deactivate', 'DELETE /psp_mandates', {
			pspMandate: data.psp_mandates[0].id,
		}),
		list('pspMandate', '/psp_mandates'),
		deleted('pspMandate', '/psp_mandates'),
		one('pspTransaction', '/psp_transactions', data.psp_transactions[0].id),
		list('pspTransaction', '/psp_transactions'),
		sample('signUp create', 'POST /sign_up', {
			...newAdministration,
			phoneNumber: '030 1234567',
			userFirstName: 'Jan',
			userLastName: 'Jansen',
			userEmailAddress: 'jan@jansen.example',
			connectionResourceLabel: 'Jansen',
			connectionResourceIdentifier: '42',
		}),
		sample('task comment', `POST /tasks/${task.id}/comment`, {
			taskId: task.id,
			comment: 'Called.',
		}),
		sample('task complete', `PATCH /tasks/${task.id}/mark_completed`, { taskId: task.id }),
		one('task', '/tasks', task.id),
		list('task', '/tasks'),
		sample('task reopen', `PATCH /tasks/${task.id}/unmark_completed`, { taskId: task.id }),
		list('vatRate', '/vat_rates'),
		sample('vatRate upsert', 'POST /vat_rates', {
			code: 'H',
			additionalFields: { name: 'High', rate: '21' },
		}),
	];
}

/** The names of the operations that the node has, such as `invoice get`. */
export const operationNames = new PaytNode().description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options }) =>
		(options as INodePropertyOptions[]).map(
			({ value }) => `${String(displayOptions!.show!.resource![0])} ${String(value)}`,
		),
	);
