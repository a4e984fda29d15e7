import type { IDataObject } from 'n8n-workflow';
import { flag, local } from '../../../shared/operations/fields';
import type { OutputMapper } from '../../../shared/operations/operations';
import { parseWebhook } from '../../../shared/sePay/webhooks';
import { textOrNull, toVietnamTime } from '../../../shared/values';

const SECRETS = ['api_key', 'secret_key', 'oauth2_client_secret'];

export const includeSecrets = local(
	flag(
		'includeSecrets',
		'Whether to output the API key, secret key and client secret of the webhook. They then also appear in the execution data.',
	),
);

/** The webhook as Simplify and Include Secrets want it. */
export const toOutput: OutputMapper = function (row) {
	const webhook = parseWebhook(row);
	const secrets = Object.fromEntries(
		SECRETS.filter((name) => name in webhook).map((name) => [name, webhook[name]]),
	);
	const shown = this.getNodeParameter('simplify', true)
		? simplifyWebhook(webhook)
		: Object.fromEntries(Object.entries(webhook).filter(([name]) => !SECRETS.includes(name)));
	return this.getNodeParameter('options.includeSecrets', false) ? { ...shown, ...secrets } : shown;
};

function simplifyWebhook(webhook: IDataObject): IDataObject {
	const { bank_mode, bank_account_id, bank_account_ids } = webhook;
	const ids = (bank_account_ids as number[] | undefined) ?? [];
	const isForAll = bank_mode ? bank_mode === 'all' : bank_account_id === 0;
	const accounts = isForAll || ids.length > 0 ? ids : [bank_account_id];
	const isKnown = bank_mode !== undefined || bank_account_id !== undefined;
	return {
		id: webhook.id,
		name: textOrNull(webhook.name),
		url: webhook.webhook_url,
		active: webhook.active,
		eventType: webhook.event_type,
		bankAccountIds: isKnown ? accounts : null,
		allBankAccounts: isKnown ? isForAll : null,
		authentication: webhook.authen_type,
		skipIfNoCode: webhook.skip_if_no_code ?? null,
		createdAt: toVietnamTime(webhook.created_at),
	};
}
