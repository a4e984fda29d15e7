import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { isForTest, keptBy, own, type Kept } from '../shared/kept';
import { idsIn } from '../shared/locators';
import { collectRows } from '../shared/paging';
import { pageReader, readObject, sePay } from '../shared/sePay';
import {
	addressOf,
	createWebhook,
	findWebhooks,
	toWebhook,
	updateWebhook,
} from '../shared/sePayWebhooks';
import { send } from '../shared/sending';
import { exactNumber } from '../shared/values';
import type { Proof } from '../shared/verification';
import { catchesUp } from './catchUp';

/** A webhook that this node made at SePay. */
interface Registration {
	address: string;
	id?: number;
}

/** What the node keeps in n8n; the secret signs deliveries, or is the API key. */
export interface Registered extends Kept {
	production?: Registration;
	test?: Registration;
	/** The newest transaction when the workflow was first published; catching up begins after it. */
	after?: number;
}

/** How deliveries to the webhook that this node made prove where they come from. */
export function proofFor(context: IWebhookFunctions): Proof {
	const kind = context.getNodeParameter('authenType') as Proof['kind'];
	return { kind, secret: keptBy(context)?.secret };
}

/** For an n8n that SePay cannot reach. */
const OTHER_WAY = 'use the SePay Polling Trigger, which needs none';

/** Ends the name of each webhook of this workflow, so that it is known again. */
const mark = (context: IHookFunctions) => `(n8n ${context.getWorkflow().id})`;

function idList(context: IHookFunctions, displayName: string, value: unknown): number[] {
	const ids = idsIn(value);
	if (ids.length > 0 && ids.every((id) => /^[1-9]\d*$/.test(id))) return ids.map(Number);
	throw new NodeOperationError(context.getNode(), `${displayName} must be chosen`, {
		description: 'Choose from the list, or give IDs of SePay, which are whole numbers.',
	});
}

/** The webhook as the parameters of the node want it. */
function wantedWebhook(context: IHookFunctions, address: string, kept: Registered): IDataObject {
	const parameter = (name: string) => context.getNodeParameter(name);
	const more = context.getNodeParameter('additionalFields', {}) as IDataObject;
	const bankMode = parameter('bankMode');
	const vaMode = (more.vaMode as string) ?? 'all';
	const kind = parameter('authenType');
	const name = `${context.getWorkflow().name ?? 'Workflow'}`.slice(0, 200);
	return {
		name: `${name} ${mark(context)}`,
		webhook_url: address,
		event_type: parameter('eventType'),
		bank_mode: bankMode,
		...(bankMode === 'single' && {
			bank_account_id: idList(context, 'Bank Account', parameter('bankAccountId'))[0],
		}),
		...(bankMode === 'multi' && {
			bank_account_ids: idList(context, 'Bank Accounts Chosen', parameter('bankAccountIds')),
		}),
		va_mode: vaMode,
		only_va: vaMode === 'list' ? 1 : 0,
		...(vaMode === 'list' && {
			bank_sub_account_ids: idList(context, 'Sub-Accounts Chosen', more.subAccountIds),
		}),
		authen_type: kind,
		...(kind === 'HMAC_SHA256' && { secret_key: kept.secret }),
		...(kind === 'Api_Key' && { api_key: kept.secret }),
		request_content_type: 'Json',
		skip_if_no_code: more.skipIfNoCode ? 1 : 0,
		prefix_filters: ((more.prefixFilters as string[]) ?? []).map(String).filter(Boolean),
		is_verify_payment: 1,
		active: 1,
		retry_conditions: ['non_2xx_status_code'],
	};
}

/** Whether a webhook at SePay is already as it is wanted, whichever way SePay shows it. */
function isAsWanted(row: IDataObject, wanted: IDataObject): boolean {
	const present = toWebhook(row);
	return Object.entries(wanted).every(([name, value]) => {
		if (name === 'retry_conditions') {
			return Object(present[name]).non_2xx_status_code == 1;
		}
		const shown = typeof present[name] === 'boolean' ? Number(present[name]) : present[name];
		const [a, b] = [shown, value].map((one) => (Array.isArray(one) ? [...one].sort() : one));
		return JSON.stringify(a) === JSON.stringify(b);
	});
}

/** Which of what the node keeps belongs to the address at hand: a test run has one of its own. */
function placeOf(context: IHookFunctions, kept: Registered, address: string) {
	return isForTest(context, kept, address) ? 'test' : 'production';
}

async function discard(context: IHookFunctions, id: unknown): Promise<void> {
	try {
		await send.call(context, sePay, { method: 'DELETE', url: `/webhooks/${String(id)}` });
	} catch (error) {
		if (String(error.httpCode) !== '404') throw new NodeApiError(context.getNode(), error);
	}
}

/** The webhook made by this node, when it is still there and nobody has given it another address. */
async function stored(
	context: IHookFunctions,
	registration: Registration | undefined,
	address: string,
): Promise<IDataObject | undefined> {
	if (!registration?.id || registration.address === address) return undefined;
	try {
		const row = await readObject.call(context, { url: `/webhooks/${registration.id}` });
		return row.webhook_url === registration.address ? row : undefined;
	} catch (error) {
		if (String(error.httpCode) !== '404') throw new NodeApiError(context.getNode(), error);
		return undefined;
	}
}

/** Where catching up begins: without it, publishing would start the workflow for old payments. */
async function noteStart(context: IHookFunctions, kept: Registered): Promise<void> {
	if (kept.after !== undefined || !catchesUp(context)) return;
	const rows = await collectRows(pageReader.call(context, { url: '/transactions' }), 100);
	const ids = rows.map(({ id }) => exactNumber(id)).filter((id) => typeof id === 'number');
	kept.after = Math.max(0, ...ids);
}

/**
 * Finds the webhook of this node at SePay, by its address or, when n8n has moved, by its ID, and
 * brings it up to date in place. More than one with the address would deliver each payment twice:
 * the others go.
 *
 * @returns whether there is one
 * @throws NodeOperationError when SePay could not deliver to n8n's address
 */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	if (this.getNodeParameter('setUp') === 'byHand') return true;
	const kept = own<Registered>(this);
	const address = addressOf(this, OTHER_WAY);
	const place = placeOf(this, kept, address);
	const moved = await stored(this, kept[place], address);
	// Kept even when what follows fails: n8n then calls delete, which must know a test run by it.
	kept[place] = { ...kept[place], address: kept[place]?.address ?? address };
	if (place === 'production') await noteStart(this, kept);
	const wanted = wantedWebhook(this, address, kept);
	const found = await findWebhooks.call(this, address);
	const known = found.find(({ id }) => exactNumber(id) === kept[place]?.id);
	const [first] = [known, ...found, moved].filter((row) => row !== undefined);
	if (!first) return false;
	const id = exactNumber(first.id) as number;
	if (!isAsWanted(first, wanted)) {
		const request = { method: 'PATCH' as const, url: `/webhooks/${id}`, body: wanted };
		await updateWebhook.call(this, request, id);
	}
	for (const row of [...found, moved]) if (row && row.id !== first.id) await discard(this, row.id);
	kept[place] = { address, id };
	return true;
}

/**
 * Creates the webhook of this node; n8n calls it when {@link checkExists} found none.
 *
 * @throws NodeApiError with SePay's reason; nothing is left at SePay then
 */
export async function create(this: IHookFunctions): Promise<boolean> {
	const kept = own<Registered>(this);
	const address = addressOf(this, OTHER_WAY);
	const place = placeOf(this, kept, address);
	const body = wantedWebhook(this, address, kept);
	const request = { method: 'POST' as const, url: '/webhooks', body };
	const row = await createWebhook.call(this, request, true);
	kept[place] = { address, id: exactNumber(row.id) as number };
	return true;
}

/**
 * Removes the webhook of this node; one that is gone already is fine.
 *
 * @throws NodeApiError when SePay did not remove it, so that n8n tries again
 */
export async function unregister(this: IHookFunctions): Promise<boolean> {
	if (this.getNodeParameter('setUp') === 'byHand') return true;
	const kept = keptBy<Registered>(this);
	const address = this.getNodeWebhookUrl('default') ?? '';
	const place = kept ? placeOf(this, kept, address) : 'production';
	const registration = kept?.[place];
	const moved = await stored(this, registration, address);
	const found = await findWebhooks.call(this, address);
	const mine = found.filter(
		({ id, name }) =>
			(registration?.id !== undefined && exactNumber(id) === registration.id) ||
			String(name).endsWith(mark(this)),
	);
	for (const row of [...mine, moved]) if (row) await discard(this, row.id);
	if (kept) delete kept[place];
	return true;
}
