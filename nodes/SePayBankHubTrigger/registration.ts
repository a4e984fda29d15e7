import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { readWebhook, setWebhook } from '../shared/bankHubWebhook';
import { inTurn } from '../shared/inTurn';
import { isForTest, keptBy, newSecret, own, type Kept } from '../shared/kept';
import { keyOf } from '../shared/once';
import { addressOf } from '../shared/sePayWebhooks';
import { bankTime, flag, isSameUrl } from '../shared/values';
import type { Proof } from '../shared/verification';
import { catchesUp } from './catchUp';
import { chosenEvents, isForEvents } from './events';

/** The merchant's one webhook, but for its secret. */
interface Webhook extends IDataObject {
	webhook_url: string;
	active: 0 | 1;
	allow_events: string[];
}

/** A webhook as Bank Hub shows it: of its secret no more than the end. */
interface Shown {
	webhook: Webhook;
	/** How the secret ends; undefined when there is none. */
	ending?: string;
}

/** That the merchant's webhook has been set to an address of this node. */
interface Registration {
	address: string;
	/** What was there before. */
	earlier?: Shown;
}

/** What the node keeps in n8n. */
export interface Registered extends Kept {
	production?: Registration;
	test?: Registration;
	/** When the workflow was first published, as a bank would write it; catching up begins there. */
	after?: string;
}

/** What this process registered, by trigger: n8n does not store it when publishing fails later on. */
const registered = new Map<string, Registration>();

/** How events prove where they come from. */
export function proofFor(context: IWebhookFunctions): Proof {
	return { kind: 'Secret_Key', secret: keptBy(context)?.secret };
}

async function read(context: IHookFunctions): Promise<Shown | undefined> {
	const row = await readWebhook.call(context);
	if (!row?.webhook_url) return undefined;
	return {
		webhook: {
			webhook_url: String(row.webhook_url),
			active: flag(row.active) === false ? 0 : 1,
			allow_events: Array.isArray(row.allow_events) ? row.allow_events.map(String) : [],
		},
		ending: row.secret_key ? String(row.secret_key).replace(/^\*+/, '') : undefined,
	};
}

/** The webhook as the parameters of the node want it. */
function wantedWebhook(context: IHookFunctions, address: string): Webhook {
	const allow_events = chosenEvents(context);
	if (allow_events.length === 0) {
		throw new NodeOperationError(context.getNode(), 'Events must be chosen', {
			description: 'With none chosen, nothing would ever start this workflow.',
		});
	}
	return { webhook_url: address, active: 1, allow_events };
}

/**
 * Sets the merchant's webhook, always with a secret: no document says whether one may be left out,
 * nor whether leaving it out keeps the one before.
 */
async function write(
	context: IHookFunctions,
	webhook: Webhook,
	secret = newSecret(),
): Promise<void> {
	await setWebhook.call(context, { ...webhook, auth_type: 'SECRET_KEY', secret_key: secret });
}

/** Whether the secret that Bank Hub shows the end of may be this one. */
const endsLike = (shown: Shown, secret = '') =>
	!!shown.ending && secret.endsWith(shown.ending.slice(-4));

const isAt = (shown: Shown | undefined, address: string): shown is Shown =>
	isSameUrl(shown?.webhook.webhook_url, address);

function isAsWanted(shown: Shown | undefined, wanted: Webhook, secret?: string): boolean {
	const plain = ({ active, allow_events }: Webhook) =>
		JSON.stringify([active, [...allow_events].sort()]);
	return (
		isAt(shown, wanted.webhook_url) &&
		plain(shown.webhook) === plain(wanted) &&
		endsLike(shown, secret)
	);
}

/** Of the addresses of this node one may be set: before n8n moved, or for a test. */
function isOwnAddress(url: string, address: string, kept: Registered): boolean {
	const placeOf = (one: string) => {
		const { origin, pathname } = new URL(one);
		return [origin, ...pathname.split('/').slice(-2)].join('/');
	};
	return (
		[kept.production, kept.test].some((known) => isSameUrl(known?.address, url)) ||
		(URL.canParse(url) && placeOf(url) === placeOf(address))
	);
}

function assertReplaceable(context: IHookFunctions, { webhook }: Shown): void {
	if (webhook.active === 0 || context.getNodeParameter('replaceExisting') === true) return;
	throw new NodeOperationError(
		context.getNode(),
		`Bank Hub already sends the events of this merchant to ${webhook.webhook_url}`,
		{
			description:
				'A merchant has only one webhook. Switch that one off at Bank Hub, or switch on Replace Existing Webhook, which puts it back on unpublishing.',
		},
	);
}

const turnOf = (context: IHookFunctions) =>
	`webhook of ${context.getNode().credentials?.sePayBankHubApi?.id}`;

/** What is kept of a registration: a test has its own. */
const placeOf = (context: IHookFunctions, kept: Registered, address: string) =>
	isForTest(context, kept, address) ? 'test' : 'production';

const memoryOf = (context: IHookFunctions, place: 'production' | 'test') =>
	`${keyOf(context)} ${place}`;

/**
 * Whether the merchant's webhook already is as this node wants it.
 *
 * @throws NodeOperationError when Bank Hub could not deliver to n8n's address, or the credential for
 * balance changes holds no API key
 */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	const kept = own<Registered>(this);
	if (!isForEvents(this)) {
		await assertApiKey(this);
		if (catchesUp(this)) kept.after ??= bankTime(Date.now());
		return true;
	}
	const address = addressOf(this);
	const place = placeOf(this, kept, address);
	// Kept even when what follows fails: n8n then calls delete, which must know a test by it.
	if (place === 'test') kept.test ??= { address };
	const wanted = wantedWebhook(this, address);
	if (!isAsWanted(await read(this), wanted, kept.secret)) return false;
	kept[place] ??= registered.get(memoryOf(this, place)) ?? { address };
	return true;
}

async function assertApiKey(context: IHookFunctions): Promise<void> {
	const { authenType } = await context.getCredentials('sePayWebhookApi');
	if (authenType === 'Api_Key') return;
	throw new NodeOperationError(
		context.getNode(),
		'The SePay Webhook credential must hold an API key',
		{ description: 'SePay proves balance changes by an API key: choose it in the credential.' },
	);
}

/**
 * Sets the merchant's webhook to this node; n8n calls it when {@link checkExists} found it otherwise.
 * What another one had set there is kept, to be put back.
 *
 * @throws NodeOperationError when an active webhook has another address and may not be replaced
 * @throws NodeApiError with SePay's reason
 */
export async function create(this: IHookFunctions): Promise<boolean> {
	return await inTurn(turnOf(this), async () => {
		const kept = own<Registered>(this);
		const address = addressOf(this);
		const place = placeOf(this, kept, address);
		const wanted = wantedWebhook(this, address);
		const memory = memoryOf(this, place);
		const shown = await read(this);
		// What a test that still listens has found would be lost with it.
		const listening = place === 'test' ? undefined : registered.get(memoryOf(this, 'test'));
		const found = listening && isAt(shown, listening.address) ? listening.earlier : shown;
		const isOwn = !!found && isOwnAddress(found.webhook.webhook_url, address, kept);
		if (found && !isOwn) assertReplaceable(this, found);

		// A test puts back what was there in production, and another test nothing.
		const isBack = place === 'test' ? isAt(found, address) : isOwn;
		const known = kept[place]?.earlier ?? registered.get(memory)?.earlier;
		const registration = { address, earlier: isBack ? known : found };
		try {
			await write(this, wanted, kept.secret);
		} catch (error) {
			// The answer may have been lost on its way.
			const now = await read(this).catch(() => undefined);
			if (!isAsWanted(now, wanted, kept.secret)) throw new NodeApiError(this.getNode(), error);
		}
		kept[place] = registration;
		registered.set(memory, registration);
		return true;
	});
}

/**
 * Puts back what was set before this node, or switches the webhook off; touches nothing when another
 * address has been set meanwhile.
 *
 * @throws NodeApiError when SePay did not take it, so that n8n tries again
 */
export async function unregister(this: IHookFunctions): Promise<boolean> {
	if (!isForEvents(this)) return true;
	return await inTurn(turnOf(this), async () => {
		const kept = keptBy<Registered>(this);
		const address = this.getNodeWebhookUrl('default') ?? '';
		const place = placeOf(this, kept ?? {}, address);
		const memory = memoryOf(this, place);
		const registration = kept?.[place] ?? registered.get(memory);
		if (registration && isAt(await read(this), registration.address)) {
			await putBack(this, registration, kept?.secret);
		}
		if (kept) delete kept[place];
		registered.delete(memory);
		return true;
	});
}

async function putBack(
	context: IHookFunctions,
	{ address, earlier }: Registration,
	secret: string | undefined,
): Promise<void> {
	if (!earlier) {
		await write(context, { webhook_url: address, active: 0, allow_events: [] }, secret);
		return;
	}
	const isOwn = endsLike(earlier, secret);
	await write(context, earlier.webhook, isOwn ? secret : undefined);
	if (earlier.ending === undefined || isOwn) return;
	context.logger.warn(
		`SePay Bank Hub Trigger put back the webhook to ${earlier.webhook.webhook_url} with a random secret, because Bank Hub does not show the one before: set its secret again`,
		{ workflowId: context.getWorkflow().id, nodeName: context.getNode().name },
	);
}
