import { randomUUID } from 'crypto';
import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { withLock } from '../transport/mutex';

type ProcessedItemsHelpers = Pick<
	IExecuteFunctions['helpers'],
	'checkProcessedAndRecord' | 'removeProcessed'
>;

/** The wish of a run to go on with an ID. */
export interface Claim {
	id: string;
	/** Tells this run from others that come with the ID; the same when n8n repeats the run. */
	run: string;
}

export interface ClaimOptions {
	/** How many IDs to keep at least; the oldest ones are forgotten first. */
	remember: number;
	/** Whether the run may have claimed them before. */
	isRepeated?: boolean;
	/** Whether other processes may write to the store at the same time. */
	isShared?: boolean;
}

interface PendingClaims extends ClaimOptions {
	claims: Claim[];
	store: Store;
	resolve: (accepted: Set<string>) => void;
	reject: (error: Error) => void;
}

/** Most IDs that one question may hold. */
export const MAX_BATCH = 5000;
/** For this long, in ms, IDs are remembered also when that makes more than was asked for, ... */
const MIN_MEMORY_MS = 7 * 24 * 60 * 60 * 1000;
/** ... up to this many; what was asked for may be more. */
const MAX_RECENT_ITEMS = 50_000;
const SCOPE = 'node';
/** After each write the store rests for so many times as long as it took, up to so many ms. */
const RESTS = 30;
const MAX_REST_MS = 500;
/** No process takes as long to read, change and write the store. */
const SETTLED_MS = 1000;
const OPEN_QUERY_MARK = 'open question';

/** When each ID was recorded (epoch ms), oldest first. */
const inMemory = new Map<string, Map<string, number>>();
const startedAt = Date.now();
/** Entries that another process may overwrite, and when (epoch ms) they were written, by trigger. */
const unsettled = new Map<string, Map<string, number>>();
const pendingClaims = new Map<string, PendingClaims[]>();

/** The trigger whose payments are told apart: a node of a workflow. */
export function triggerKey(context: Pick<IExecuteFunctions, 'getWorkflow' | 'getNode'>): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}

/**
 * Whether this n8n process knows that the ID has been recorded. It does not know what other
 * processes, or this one before its last start, have recorded; the store does.
 */
export function isProcessed(key: string, id: string): boolean {
	return inMemory.get(key)?.has(id) ?? false;
}

/** Lets this process know that the IDs have been recorded, or have a run that records them. */
export function markProcessed(key: string, ids: Iterable<string>): void {
	const known = inMemory.get(key) ?? new Map<string, number>();
	inMemory.set(key, known);
	const now = Date.now();
	for (const id of ids) if (!known.has(id)) known.set(id, now);
	for (const [id, at] of known) {
		if (known.size <= MAX_RECENT_ITEMS && at > now - MIN_MEMORY_MS) break;
		known.delete(id);
	}
}

/**
 * n8n's store for a trigger, with three entries for each ID and room for a question. It knows no times:
 * what others recorded is taken to be new until this process has run for as long as IDs are remembered.
 */
function storeOf(key: string, helpers: ProcessedItemsHelpers, remember: number) {
	const options = () => {
		const isYoung = Date.now() - startedAt < MIN_MEMORY_MS;
		const recent = isYoung ? MAX_RECENT_ITEMS : (inMemory.get(key)?.size ?? 0);
		const maxEntries = 3 * Math.max(remember, recent) + MAX_BATCH + 1;
		return { mode: 'entries' as const, maxEntries };
	};
	return {
		record: async (entries: string[]) =>
			await helpers.checkProcessedAndRecord(entries, SCOPE, options()),
		remove: async (entries: string[]) => await helpers.removeProcessed(entries, SCOPE, options()),
	};
}

type Store = ReturnType<typeof storeOf>;

const passedKey = (id: string) => `passed ${id}`;
const claimedKey = ({ id, run }: Claim) => `claimed ${id} ${run}`;

/** An item that starts a run, marked so that the run can claim its ID, and claim it again ({@link Claim}). */
export function newRunItem(json: IDataObject): INodeExecutionData {
	return { json, run: randomUUID() };
}

/**
 * Which of the IDs the run goes on with, and records them: the first to claim an ID has it, whoever
 * asks, and has it again when n8n repeats the run, but not when the run was cut before it had the
 * ID and another one took it.
 *
 * n8n's store of processed items is read, changed and written without a lock, so within this
 * process one write follows the other; and each write holds the whole list, so everything that
 * waits is written at once. What another process has overwritten is written again.
 */
export async function claimNew(
	key: string,
	helpers: ProcessedItemsHelpers,
	claims: Claim[],
	options: ClaimOptions,
): Promise<Set<string>> {
	const store = storeOf(key, helpers, options.remember);
	return await new Promise((resolve, reject) => {
		const pending = pendingClaims.get(key);
		const caller = { ...options, claims, store, resolve, reject };
		if (pending) {
			pending.push(caller);
			return;
		}
		pendingClaims.set(key, [caller]);
		void withLock(`store of ${key}`, async () => {
			const began = Date.now();
			await claimBatch(key);
			await sleep(Math.min(RESTS * (Date.now() - began), MAX_REST_MS));
		});
	});
}

/** Serves all callers that wait at this moment with one write. */
async function claimBatch(key: string): Promise<void> {
	const pending = pendingClaims.get(key)!;
	pendingClaims.delete(key);
	const [{ store, isShared }] = pending;
	const ids = new Set<string>();
	const submitted: Claim[] = [];
	for (const { claims, isRepeated } of pending) {
		for (const claim of claims) {
			const isTaken = ids.has(claim.id) || isProcessed(key, claim.id);
			if (isRepeated || !isTaken) submitted.push(claim);
			ids.add(claim.id);
		}
	}
	const entries = submitted.flatMap((claim) => [passedKey(claim.id), claim.id, claimedKey(claim)]);
	try {
		const added = entries.length > 0 ? await write(key, store, entries) : new Set();
		markProcessed(key, ids);
		const accepted = new Set(
			submitted.filter((claim) => added.delete(claim.id) || !added.has(claimedKey(claim))),
		);
		for (const { claims, resolve } of pending) {
			resolve(new Set(claims.filter((claim) => accepted.has(claim)).map(({ id }) => id)));
		}
		// A claim that was refused must not stand when n8n repeats its run.
		const refused = submitted.filter((claim) => !accepted.has(claim)).map(claimedKey);
		if (refused.length > 0) await store.remove(refused);
		if (isShared) keepStanding(key, store, entries, refused);
	} catch (error) {
		for (const caller of pending) caller.reject(error);
	}
}

/** Adds entries to the store, and those that may have been overwritten. @returns which were not there */
async function write(key: string, store: Store, entries: string[]): Promise<Set<unknown>> {
	const began = Date.now();
	const standing = unsettled.get(key) ?? new Map<string, number>();
	const all = [...new Set([...entries, ...standing.keys()])];
	const answer = await store.record(all).catch(async (error: Error) => {
		// Two processes have found no list, and each made one: now there is one.
		if (/unique|duplicate/i.test(error.message)) return await store.record(all);
		throw error;
	});
	const added = new Set<unknown>(answer.new);
	for (const [entry, since] of standing) {
		if (added.has(entry)) standing.set(entry, Date.now());
		else if (began - since > SETTLED_MS) standing.delete(entry);
	}
	return added;
}

/** Looks again whether entries stand: another process may have read the store before and written it after. */
function keepStanding(key: string, store: Store, entries: string[], without: string[]): void {
	const standing = unsettled.get(key) ?? new Map<string, number>();
	const isWatched = standing.size > 0;
	for (const entry of entries) standing.set(entry, Date.now());
	for (const entry of without) standing.delete(entry);
	unsettled.set(key, standing);
	if (isWatched || standing.size === 0) return;
	void (async () => {
		while (standing.size > 0) {
			await sleep(SETTLED_MS + 100);
			const look = async () => await write(key, store, []);
			await withLock(`store of ${key}`, look).catch(() => undefined);
		}
	})();
}

/**
 * Which of the IDs have not been recorded, without recording them. The store cannot be asked
 * without writing: the question is written under names of its own, and taken back with one write.
 * When n8n ended in between, the question is found open next time and the answer is all IDs: too
 * many, which {@link claimNew} puts right, and never too few.
 *
 * @param ids at most {@link MAX_BATCH}
 */
export async function findUnprocessed(
	key: string,
	helpers: ProcessedItemsHelpers,
	ids: string[],
	remember: number,
): Promise<string[]> {
	const store = storeOf(key, helpers, remember);
	return await withLock(`store of ${key}`, async () => {
		const answer = await store.record([OPEN_QUERY_MARK, ...ids.map(passedKey)]);
		const added = new Set(answer.new as string[]);
		const wasOpen = !added.has(OPEN_QUERY_MARK);
		// What an open question left behind cannot be told from what has passed: all of it goes.
		const isUnknown = (id: string) => wasOpen || added.has(passedKey(id));
		const unknown = ids.filter(isUnknown);
		await store.remove([OPEN_QUERY_MARK, ...unknown.map(passedKey)]);
		const known = ids.filter((id) => !isUnknown(id));
		markProcessed(key, known);
		return unknown;
	});
}
