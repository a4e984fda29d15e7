import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { isForTest, keptBy, own, type Kept } from '../shared/kept';
import { idsIn } from '../shared/locators';
import { collectRows } from '../shared/paging';
import { pageReader, readObject } from '../shared/sePay';
import {
	addressOf,
	createWebhook,
	deleteWebhook,
	isRetryOn,
	listWebhooks,
	retryConditions,
	toWebhook,
	updateWebhook,
} from '../shared/sePayWebhooks';
import { bankTime, exactNumber, isSameUrl } from '../shared/values';
import type { Proof } from '../shared/verification';
import { catchesUp } from './catchUp';

/** The most that Look-Back Hours can be set to, in ms. */
const LONGEST_LOOK_BACK_MS = 168 * 60 * 60 * 1000;

/** A webhook that this node made at SePay. */
interface Registration {
	address: string;
	id?: number;
	/** The address as SePay shows it. */
	shown?: string;
}

const registered = (address: string, { id, webhook_url }: IDataObject): Registration => ({
	address,
	id: exactNumber(id) as number,
	shown: String(webhook_url),
});

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
		retry_conditions: retryConditions(true),
	};
}

/** Whether a webhook at SePay is already as it is wanted, whichever way SePay shows it. */
function isAsWanted(row: IDataObject, wanted: IDataObject): boolean {
	const present = toWebhook(row);
	return Object.entries(wanted).every(([name, value]) => {
		if (name === 'retry_conditions') return isRetryOn(present[name]);
		if (name === 'webhook_url') return isSameUrl(present[name], value);
		const shown = typeof present[name] === 'boolean' ? Number(present[name]) : present[name];
		const [a, b] = [shown, value].map((one) => (Array.isArray(one) ? [...one].sort() : one));
		return JSON.stringify(a) === JSON.stringify(b);
	});
}

/** Which of what the node keeps belongs to the address at hand: a test run has one of its own. */
function placeOf(context: IHookFunctions, kept: Registered, address: string) {
	return isForTest(context, kept, address) ? 'test' : 'production';
}

/**
 * The webhooks at SePay that are this node's to change: the one that it made, unless a person gave
 * that another address, first, then all others with its address.
 */
async function webhooksOf(
	context: IHookFunctions,
	registration: Registration | undefined,
	address: string,
): Promise<IDataObject[]> {
	const all = await listWebhooks.call(context);
	const isMade = ({ id }: IDataObject) => exactNumber(id) === registration?.id;
	const addresses = [address, registration?.address, registration?.shown];
	const isHere = ({ webhook_url }: IDataObject) =>
		addresses.some((one) => one !== undefined && isSameUrl(webhook_url, one));
	const made = all.find(isMade) ?? (await readWebhook(context, registration?.id));
	const others = all.filter((row) => !isMade(row) && isSameUrl(row.webhook_url, address));
	return made && isHere(made) ? [made, ...others] : others;
}

/** The webhook with that ID, which a list may lack; undefined when it is gone. */
async function readWebhook(context: IHookFunctions, id: number | undefined) {
	if (id === undefined) return undefined;
	return await readObject.call(context, { url: `/webhooks/${id}` }).catch((error) => {
		if (error.httpCode !== '404') throw error;
		return undefined;
	});
}

/**
 * Where catching up begins: without it, publishing would start the workflow for old payments. All that
 * could ever be looked back at is read, since the newest may stand anywhere in SePay's list.
 */
async function noteStart(context: IHookFunctions, kept: Registered): Promise<void> {
	if (kept.after !== undefined || !catchesUp(context)) return;
	const from_date = bankTime(Date.now() - LONGEST_LOOK_BACK_MS).slice(0, 10);
	const request = { url: '/transactions', qs: { from_date } };
	const rows = await collectRows(pageReader.call(context, request), Infinity);
	const ids = rows.map(({ id }) => exactNumber(id)).filter((id) => typeof id === 'number');
	kept.after = ids.reduce((highest, id) => Math.max(highest, id), 0);
}

/**
 * Finds the webhook of this node at SePay, by its ID or its address, and brings it up to date in
 * place. More than one with the address would deliver each payment twice: the others go.
 *
 * @returns whether there is one
 * @throws NodeOperationError when SePay could not deliver to n8n's address
 */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	if (this.getNodeParameter('setUp') === 'byHand') return true;
	const kept = own<Registered>(this);
	const address = addressOf(this, OTHER_WAY);
	const place = placeOf(this, kept, address);
	// Kept even when what follows fails: n8n then calls delete, which must know a test run by it.
	kept[place] = { ...kept[place], address: kept[place]?.address ?? address };
	const [first, ...others] = await webhooksOf(this, kept[place], address);
	if (place === 'production') await noteStart(this, kept);
	const wanted = wantedWebhook(this, address, kept);
	if (!first) return false;
	const id = exactNumber(first.id) as number;
	let shown = first;
	if (!isAsWanted(first, wanted)) {
		const request = { method: 'PATCH' as const, url: `/webhooks/${id}`, body: wanted };
		shown = await updateWebhook.call(this, request, id);
	}
	for (const row of others) await deleteWebhook.call(this, row.id);
	kept[place] = registered(address, shown);
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
	kept[place] = registered(address, await createWebhook.call(this, request, true));
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
	for (const { id, name } of await webhooksOf(this, registration, address)) {
		const isMine = exactNumber(id) === registration?.id || String(name).endsWith(mark(this));
		if (isMine) await deleteWebhook.call(this, id);
	}
	if (kept) delete kept[place];
	return true;
}
