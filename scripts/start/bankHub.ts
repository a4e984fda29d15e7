import type { Credential, WorkflowDefinition } from '../n8n/types';
import { formatTable } from './table';

/** Makes a link for the newest active company. */
export function linkWorkflow({ id, name }: Credential): WorkflowDefinition {
	const bankHub = (nodeName: string, x: number, parameters: Record<string, unknown>) => ({
		id: nodeName,
		name: nodeName,
		type: 'n8n-nodes-sepay.sePayBankHub',
		typeVersion: 1,
		position: [x, 0],
		parameters,
		credentials: { sePayBankHubApi: { id, name } },
	});
	const next = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: 'SePay Bank Hub: a link for a customer',
		nodes: [
			{
				id: 'Start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			bankHub('Companies', 220, {
				resource: 'company',
				operation: 'getAll',
				limit: 1,
				filters: { status: 'Active' },
			}),
			bankHub('Link', 440, {
				resource: 'linkToken',
				operation: 'create',
				companyId: { __rl: true, mode: 'id', value: '={{ $json.xid }}' },
			}),
		],
		connections: { Start: next('Companies'), Companies: next('Link') },
	};
}

/** A company and the link made for it, as the nodes put them out, as lines of text. */
export function linkTable(company: Record<string, unknown>, link: Record<string, unknown>): string {
	return formatTable(
		[
			{ title: 'Company', text: (row) => String(row.fullName) },
			{ title: 'Status', text: (row) => String(row.status) },
			{
				title: 'Where the customer links a bank account',
				text: (row) => String(row.hosted_link_url),
			},
		],
		[{ ...link, ...company }],
	);
}
