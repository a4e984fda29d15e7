import type { EInvoice } from '../../test/sandbox/eInvoice';
import type { Credential, WorkflowDefinition } from '../n8n/types';
import { formatTable } from './table';

/** Issues the invoice of a sale of today, and downloads it. */
export function invoiceWorkflow({ id, name }: Credential, { data }: EInvoice): WorkflowDefinition {
	const [{ id: account, templates }] = data.accounts;
	const [{ template_code, invoice_series }] = templates;
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	const eInvoice = (nodeName: string, x: number, parameters: Record<string, unknown>) => ({
		id: nodeName,
		name: nodeName,
		type: 'n8n-nodes-sepay.sePayEInvoice',
		typeVersion: 1,
		position: [x, 0],
		parameters: { resource: 'invoice', ...parameters },
		credentials: { sePayEInvoiceApi: { id, name } },
	});
	const next = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: 'SePay eInvoice: the invoice of a sale',
		nodes: [
			{
				id: 'Start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			eInvoice('Invoice', 220, {
				operation: 'create',
				providerAccountId: byId(account),
				template: byId(`${template_code}/${invoice_series}`),
				referenceCode: '={{ "DH" + $now.toMillis() }}',
				isDraft: false,
				buyerName: 'Nguyen Van An',
				items: {
					item: [{ itemName: 'Coffee', quantity: '2', unitPrice: '50000', taxRate: '10' }],
				},
			}),
			eInvoice('File', 440, { operation: 'download', referenceCode: '={{ $json.referenceCode }}' }),
		],
		connections: { Start: next('Invoice'), Invoice: next('File') },
	};
}

/** An invoice and its file, as the nodes put them out, as lines of text. */
export function invoiceTable(
	invoice: Record<string, unknown>,
	file: Record<string, unknown>,
): string {
	const text = (name: string) => (row: Record<string, unknown>) => String(row[name]);
	return formatTable(
		[
			{ title: 'Invoice', text: text('referenceCode') },
			{ title: 'Number', text: text('invoiceNumber') },
			{ title: 'Status', text: text('status') },
			{
				title: 'Total (VND)',
				text: (row) => Number(row.totalAmount).toLocaleString('en-US'),
				align: 'right',
			},
			{ title: 'File', text: text('fileNames') },
		],
		[{ ...invoice, ...file }],
	);
}
