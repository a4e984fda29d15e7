import type { IDataObject } from 'n8n-workflow';
import { simplify } from '../../../shared/operations/descriptions';
import { flag, local } from '../../../shared/operations/fields';
import {
	asBoolean,
	asInteger,
	asSentText,
	asText,
	asTime,
	from,
	orNull,
	outputOf,
	type OutputMapper,
} from '../../../shared/operations/output';
import { parseWebhook } from '../../../shared/sePay/webhooks';

const SECRETS = ['api_key', 'secret_key', 'oauth2_client_secret'];

export const includeSecrets = local(
	flag(
		'includeSecrets',
		'Whether to output the API key, secret key and client secret of the webhook. They then also appear in the execution data.',
	),
);

const isForAll = ({ bank_mode, bank_account_id }: IDataObject) =>
	bank_mode ? bank_mode === 'all' : bank_account_id === 0;

/** Whether SePay tells which bank accounts it is for. */
const areAccountsKnown = ({ bank_mode, bank_account_id }: IDataObject) =>
	bank_mode !== undefined || bank_account_id !== undefined;

function bankAccountIdsOf(row: IDataObject): number[] {
	const ids = (row.bank_account_ids as number[] | undefined) ?? [];
	return isForAll(row) || ids.length > 0 ? ids : [row.bank_account_id as number];
}

const simplifyWebhook = outputOf({
	id: from('id', asInteger),
	name: from('name', asText),
	url: from('webhook_url', asSentText),
	active: from('active', asBoolean),
	eventType: from('event_type', asSentText),
	bankAccountIds: {
		read: (row) => (areAccountsKnown(row) ? bankAccountIdsOf(row) : null),
		schema: { type: ['array', 'null'], items: { type: 'integer' } },
	},
	allBankAccounts: {
		read: (row) => (areAccountsKnown(row) ? isForAll(row) : null),
		schema: { type: ['boolean', 'null'] },
	},
	authentication: from('authen_type', asSentText),
	skipIfNoCode: from('skip_if_no_code', orNull(asBoolean)),
	createdAt: from('created_at', asTime),
});

const toShown: OutputMapper = function (row) {
	const webhook = parseWebhook(row);
	const secrets = Object.fromEntries(
		SECRETS.filter((name) => name in webhook).map((name) => [name, webhook[name]]),
	);
	const shown = this.getNodeParameter('simplify', true)
		? simplifyWebhook(webhook)
		: Object.fromEntries(Object.entries(webhook).filter(([name]) => !SECRETS.includes(name)));
	return this.getNodeParameter('options.includeSecrets', false) ? { ...shown, ...secrets } : shown;
};

/** The webhook as Simplify and Include Secrets want it. */
export const toOutput = Object.assign(toShown, {
	schema: simplifyWebhook.schema,
	parameters: [simplify],
});
