import {
	NodeApiError,
	sleep,
	type IDataObject,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import type { ResponseBody } from '../../../../nodes/shared/transport/responseFormat';
import { isObject } from '../../../../nodes/shared/values';
import { callPayt } from '../shared/payt';
import { withBody, type BodyEncoding } from './requestBodies';

/** How the records of several items become one call, and what Payt calls them in its answer. */
export interface BatchOptions {
	noun: string;
	/** Fields that name a record, in the answer and in the output. */
	keys: string[];
	most: number;
	/** What goes beside the ID of the administration. */
	pack(records: IDataObject[]): IDataObject;
	form?: BodyEncoding;
}

/** One record of one item, and what became of it: nothing as long as it has not been sent. */
interface Entry {
	context: IExecutePaginationFunctions;
	request: IHttpRequestOptions;
	administrationId: IDataObject[string];
	record: IDataObject;
	outcome?: IDataObject | Error;
}

interface Batch {
	entries: Entry[];
	sent: Promise<void>;
}

const MAX_NAMES = 10;

/** What is being gathered, by the run of a node: n8n starts all its items at once. */
const batches = new WeakMap<object, Map<string, Batch>>();

/**
 * Sends the record of this item together with those of the other items of the run, and gives what
 * became of this one. When an item cannot be sent and the node is to fail for it, none is.
 *
 * @param body the checked fields of the record and `administration_id`
 * @throws NodeApiError when Payt did not take the record; it tells how many others were taken
 */
export async function sendInBatch(
	context: IExecutePaginationFunctions,
	request: IHttpRequestOptions,
	{ administration_id: administrationId, ...record }: IDataObject,
	options: BatchOptions,
): Promise<IDataObject[]> {
	const run = context.getExecuteData();
	const ofRun = batches.get(run) ?? new Map<string, Batch>();
	batches.set(run, ofRun);
	const key = context.getNode().name;
	const batch = ofRun.get(key) ?? { entries: [], sent: Promise.resolve() };
	const entry: Entry = { context, request, administrationId, record };
	if (batch.entries.push(entry) === 1) {
		ofRun.set(key, batch);
		batch.sent = sleep(0).then(async () => {
			ofRun.delete(key);
			if (!isIncomplete(batch.entries)) await sendBatch(batch.entries, options);
		});
	}
	await batch.sent;
	if (entry.outcome instanceof Error) throw entry.outcome;
	return entry.outcome ? [entry.outcome] : [];
}

/** Whether another item of the run was refused before it came here and the node fails for that. */
function isIncomplete(entries: Entry[]): boolean {
	const [{ context }] = entries;
	const { node, data } = context.getExecuteData();
	const batchInterval = context.getNodeParameter('requestOptions.batching.batch.batchInterval', 0);
	// A tool runs with the data of its agent; with an interval the items come bit by bit, and with
	// "Execute Once" only the first of them.
	const isCountKnown = node.name === context.getNode().name && !batchInterval && !node.executeOnce;
	return (
		isCountKnown && !context.continueOnFail() && entries.length < (data.main?.[0]?.length ?? 0)
	);
}

/** Sends call after call, and none after one that fails unless the node continues. */
async function sendBatch(entries: Entry[], options: BatchOptions) {
	for (const call of groupIntoCalls(entries, options.most)) {
		await sendCall(call, options);
		const isFailed = call.some(({ outcome }) => outcome instanceof Error);
		if (isFailed && !call[0].context.continueOnFail()) break;
	}
	addSummary(entries, options);
}

/** The records of one call each: to the same path and administration, in the order of the items. */
function groupIntoCalls(entries: Entry[], most: number): Entry[][] {
	const calls: Entry[][] = [];
	const open = new Map<string, Entry[]>();
	for (const entry of entries) {
		const place = `${entry.request.url} ${String(entry.administrationId)}`;
		let call = open.get(place);
		if (!call || call.length === most) {
			call = [];
			calls.push(call);
			open.set(place, call);
		}
		call.push(entry);
	}
	return calls;
}

async function sendCall(entries: Entry[], options: BatchOptions) {
	const [{ context, request, administrationId: administration_id }] = entries;
	const packed = options.pack(entries.map(({ record }) => record));
	const body = { administration_id, ...packed };
	try {
		const answer = await callPayt.call(context, withBody(options.form, request, body));
		assignOutcomes(answer, entries, options);
	} catch (error) {
		for (const entry of entries) entry.outcome = error;
	}
}

/** Settles what became of each record, by the answer of a write (reference: "Write results"). */
function assignOutcomes(
	{ count, errors, warnings }: ResponseBody,
	entries: Entry[],
	options: BatchOptions,
): void {
	const failures = messagesByEntry(errors, entries, options);
	const cautions = messagesByEntry(warnings, entries, options);
	const others = entries.filter((_, index) => failures[index].length === 0);
	const different = new Set(others.map((entry) => recordNameOf(entry, options) ?? entry)).size;
	const missing = typeof count === 'number' && count < different;
	entries.forEach((entry, index) => {
		const failure = failures[index];
		if (missing && failure.length === 0) {
			failure.push(
				different === 1
					? 'the response counts no record as processed and gives no reason'
					: `the response counts ${count} of ${different} records as processed and does not say which`,
			);
		}
		if (failure.length > 0) {
			entry.outcome = rejectionError(entry, failure, options);
			return;
		}
		const named = options.keys.filter((key) => entry.record[key] !== undefined);
		entry.outcome = {
			...Object.fromEntries(named.map((key) => [key.replace(/s$/, ''), entry.record[key]])),
			success: true,
			warnings: cautions[index],
		};
	});
}

/**
 * The messages for each record. They stand under its number, or as a list of numbers under what is
 * wrong with them, such as `not_found`; those that name none of the records are told of each.
 */
function messagesByEntry(found: unknown, entries: Entry[], { keys }: BatchOptions): string[][] {
	const lists: string[][] = entries.map(() => []);
	const add = (isMeant: (names: string[]) => boolean, message: string) => {
		const meant = entries.map(({ record }) =>
			isMeant(keys.flatMap((key) => (record[key] === undefined ? [] : [String(record[key])]))),
		);
		lists.forEach((list, index) => {
			if (meant[index]) list.push(message);
		});
		return meant.includes(true);
	};
	for (const [key, value] of Object.entries(isObject(found) || Array.isArray(found) ? found : {})) {
		for (const message of [value].flat()) {
			const said = typeof message === 'string' ? message : JSON.stringify(message);
			if (add((names) => names.includes(key), said)) continue;
			if (add((names) => names.includes(said), key)) continue;
			const note = entries.length > 1 ? ' (Payt does not say for which record)' : '';
			add(() => true, `${/^\d+$/.test(key) && !note ? '' : `${key}: `}${said}${note}`);
		}
	}
	return lists;
}

const recordNameOf = ({ record }: Entry, { keys }: BatchOptions): unknown =>
	keys.map((key) => record[key]).find((name) => name !== undefined);

function rejectionError(entry: Entry, messages: string[], options: BatchOptions): NodeApiError {
	const named = [options.noun, recordNameOf(entry, options)].filter(Boolean).join(' ');
	const message = `Payt rejected ${named}: ${messages.join('; ')}`;
	const description = 'Fix the rejected records, then run the node again with only those.';
	const itemIndex = entry.context.getItemIndex();
	const shown = { message, description, httpCode: 'none', itemIndex };
	return new NodeApiError(entry.context.getNode(), { message }, shown);
}

function addSummary(entries: Entry[], options: BatchOptions): void {
	const failed = entries.filter(({ outcome }) => outcome instanceof Error);
	if (entries.length === 1 || failed.length === 0) return;
	const unsent = entries.filter(({ outcome }) => outcome === undefined).length;
	const taken = entries.length - failed.length - unsent;
	const names = failed.slice(0, MAX_NAMES).map((entry) => recordNameOf(entry, options) ?? '?');
	const more = failed.length > MAX_NAMES ? ` and ${failed.length - MAX_NAMES} more` : '';
	const tally = [
		`Payt accepted ${taken} of ${entries.length} records.`,
		`Rejected: ${names.join(', ')}${more}.`,
		...(unsent > 0 ? [`Not sent: ${unsent}.`] : []),
	].join(' ');
	for (const error of new Set(failed.map(({ outcome }) => outcome as NodeApiError))) {
		error.description = [error.description, tally].filter(Boolean).join(' ');
	}
}
