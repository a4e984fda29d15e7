import { createHmac } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { SePayOAuth2Api } from '../../../credentials/SePayOAuth2Api.credentials';
import { SePayWebhookApi } from '../../../credentials/SePayWebhookApi.credentials';
import { SePayTrigger } from '../../../nodes/SePayTrigger/SePayTrigger.node';
import { TestCredentials } from '../../harness/credentials';
import { processedItems, TriggerWorkflow } from '../../harness/trigger';
import type { Sandbox } from '../../sandbox';

export const SECRET = 'a secret that was set by hand, 0123456789';

/** Both credentials of the trigger, one of them connected to the sandbox. */
export function credentialsOf(sepay?: Sandbox, scopes?: string[]): TestCredentials {
	return new TestCredentials([new SePayOAuth2Api(), new SePayWebhookApi()], {
		sePayOAuth2Api: {
			environment: 'custom',
			baseUrl: sepay?.url ?? '',
			clientId: sepay?.client.id ?? '',
			clientSecret: sepay?.client.secret ?? '',
			oauthTokenData: sepay ? { ...sepay.issueToken({ scopes }) } : {},
		},
		sePayWebhookApi: { authenType: 'HMAC_SHA256', secretKey: SECRET },
	});
}

let workflows = 0;

/** A workflow of its own; what another one remembers is not in its way. */
export function workflowOf(
	sepay: Sandbox | undefined,
	parameters: INodeParameters = {},
	options: Partial<ConstructorParameters<typeof TriggerWorkflow>[1]> = {},
): TriggerWorkflow {
	const id = options.id ?? `workflow${++workflows}`;
	processedItems.delete(`${id} n1`);
	return new TriggerWorkflow(new SePayTrigger(), {
		credentials: credentialsOf(sepay),
		parameters,
		webhookId: `hook-${id}`,
		...options,
		id,
	});
}

/** The headers of a signed delivery. @param at epoch milliseconds */
export function signed(body: string | Buffer, secret = SECRET, at = Date.now()) {
	const timestamp = String(Math.floor(at / 1000));
	const hmac = createHmac('sha256', secret).update(`${timestamp}.`).update(body);
	return { 'x-sepay-timestamp': timestamp, 'x-sepay-signature': `sha256=${hmac.digest('hex')}` };
}

export const payload = (fields: object = {}) => ({
	id: 92_704,
	gateway: 'Vietcombank',
	transactionDate: '2024-07-02 11:08:33',
	accountNumber: '1017588888',
	subAccount: null,
	code: 'DH123456',
	content: 'DH123456 thanh toan',
	transferType: 'in',
	description: 'BankAPINotify DH123456 thanh toan',
	transferAmount: 5_000_000,
	accumulated: 105_000_000,
	referenceCode: 'FT24012345678',
	...fields,
});

/** Posts a body to a receiver. */
export async function post(
	url: string,
	body: string | Buffer,
	headers: Record<string, string> = {},
): Promise<{ status: number; text: string; type: string | null }> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: body as string,
	});
	const type = response.headers.get('content-type');
	return { status: response.status, text: await response.text(), type };
}
