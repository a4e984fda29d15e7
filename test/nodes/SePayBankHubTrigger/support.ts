import type { INodeParameters } from 'n8n-workflow';
import { SePayBankHubApi } from '../../../credentials/SePayBankHubApi.credentials';
import { SePayWebhookApi } from '../../../credentials/SePayWebhookApi.credentials';
import { SePayBankHubTrigger } from '../../../nodes/SePayBankHubTrigger/SePayBankHubTrigger.node';
import { bankHub } from '../../../nodes/shared/bankHub/api';
import { TestCredentials } from '../../harness/credentials';
import { processedItems, TriggerWorkflow } from '../../harness/trigger';
import type { BankHub } from '../../sandbox/bankHub';
import { useBankHub } from '../../sandbox/testing';

export const API_KEY = 'the API key that SePay gave out';
export const PUBLIC = 'https://n8n.example.com';

/** A Bank Hub before each test, which the node may call without pace. */
export function useBankHubTester(): () => BankHub {
	const { calls } = bankHub.rateLimit;
	beforeAll(() => {
		bankHub.rateLimit.calls = Infinity;
	});
	afterAll(() => {
		bankHub.rateLimit.calls = calls;
	});
	return useBankHub({ transactions: 0 });
}

function credentialsOf(hub?: BankHub): TestCredentials {
	return new TestCredentials([new SePayBankHubApi(), new SePayWebhookApi()], {
		sePayBankHubApi: {
			environment: 'custom',
			baseUrl: hub?.url ?? '',
			clientId: hub?.client.id ?? '',
			clientSecret: hub?.client.secret ?? '',
		},
		sePayWebhookApi: { authenType: 'Api_Key', apiKey: API_KEY },
	});
}

let workflows = 0;

/** A workflow of its own; what another one remembers is not in its way. */
export function workflowOf(
	hub: BankHub | undefined,
	parameters: INodeParameters = {},
	options: Partial<ConstructorParameters<typeof TriggerWorkflow>[1]> = {},
): TriggerWorkflow {
	const id = options.id ?? `hub${++workflows}`;
	processedItems.delete(`${id} n1`);
	return new TriggerWorkflow(new SePayBankHubTrigger(), {
		credentials: credentialsOf(hub),
		parameters,
		webhookId: `hook-${id}`,
		publicUrl: PUBLIC,
		...options,
		id,
	});
}

/** Where Bank Hub delivers to a workflow. */
export const addressOf = ({ publicUrl, webhookId }: TriggerWorkflow) =>
	`${publicUrl}/webhook/${webhookId}/webhook`;

export const event = (fields: object = {}) => ({
	timestamp: 1_769_830_200,
	xid: '7f0c9a1e-9f44-4a5b-a3de-2a1d61a9a001',
	version: '1.0',
	event: 'BANK_ACCOUNT_LINKED',
	metadata: {
		link_token_xid: 'a1b2',
		link_session_xid: null,
		bank_account_xid: 'c3d4',
		brand_name: 'MBBank',
		account_type: 'personal',
		account_number: '0123456789',
	},
	...fields,
});

export const notice = (fields: object = {}) => ({
	gateway: 'MBBank',
	transaction_date: '2026-01-31 10:30:00',
	account_number: '0123456789',
	bank_account_xid: 'c3d4',
	va: null,
	payment_code: 'DH123456',
	content: 'DH123456 thanh toan',
	transfer_type: 'credit',
	amount: 5_000_000,
	reference_code: 'FT24012345678',
	accumulated: 0,
	transaction_id: 'e5f6',
	...fields,
});
