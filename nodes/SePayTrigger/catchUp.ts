import type {
	IHookFunctions,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
} from 'n8n-workflow';
import { parseIds } from '../shared/operations/locators';
import { transactionPages } from '../shared/sePay/newestFirst';
import { pageReader } from '../shared/sePay/oAuth2Api';
import { readSubAccounts } from '../shared/sePay/subAccounts';
import { pageReader as pageReaderByToken } from '../shared/sePay/tokenApi';
import { compareByTime, type Transaction } from '../shared/sePay/transaction';
import { collectRows } from '../shared/transport/paging';
import { catchUpMissed, lookBackStart, type FindMissed } from '../shared/triggers/catchUp';
import { lendEmit, type Event } from '../shared/triggers/emitOnce';
import { readState } from '../shared/triggers/triggerState';
import { fieldsOf, isoTime, toBankTime, toVietnamTime } from '../shared/values';
import { listedIds } from './identity';
import { asDelivered, filterOf, toOutput } from './payload';
import type { WebhookState } from './state';

type Context = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

export const isByHand = (context: Context) => context.getNodeParameter('setUp') === 'byHand';

/** Whether the node looks for payments that no delivery brought. */
export function isCatchUpEnabled(context: Context): boolean {
	return (
		(!isByHand(context) || context.getNode().credentials?.sePayTokenApi !== undefined) &&
		context.getNodeParameter('deduplicate') === true &&
		context.getNodeParameter('catchUp', 'off') !== 'off'
	);
}

/** Starts the workflow for payments in SePay's list that no delivery brought. */
export async function catchUp(this: ITriggerFunctions): Promise<ITriggerResponse> {
	// What no filter can mean is told when the workflow is published, not to SePay alone.
	filterOf(this);
	if (!isCatchUpEnabled(this)) return lendEmit(this);
	const findMissed = isByHand(this) ? notDeliveredByToken : notDeliveredByOAuth2;
	return await catchUpMissed.call(this, { name: 'SePay Trigger', findMissed });
}

const notDeliveredByOAuth2: FindMissed = async function (isKnown) {
	const after = readState<WebhookState>(this)?.after;
	if (after === undefined) return [];
	const sinceTime = isoTime(lookBackStart(this));
	const isWanted = await sePayFilter.call(this);
	const request = { url: '/transactions', qs: { from_date: sinceTime.slice(0, 10) } };
	const isMissing = (row: Transaction) =>
		Number(row.id) > after && !isKnown(row.id) && String(row.date) >= sinceTime && isWanted(row);
	const fetchPage = transactionPages(pageReader.call(this, request));
	const missing = await collectRows(fetchPage, Infinity, isMissing);
	const eventOf = eventMaker(this);
	return readPayments(this, missing).flatMap(({ row, payment }) => eventOf(row.id, payment));
};

/** The list names transfers otherwise than deliveries do: they are known by what they are. */
const notDeliveredByToken: FindMissed = async function (isKnown) {
	const after = readState<WebhookState>(this)?.afterTime;
	if (after === undefined) return [];
	const lookBack = toBankTime(lookBackStart(this));
	const since = after > lookBack ? after : lookBack;
	const isWanted = await sePayFilter.call(this);
	const qs = { transaction_date_from: since, transaction_date_sort: 'asc' };
	const fetchPage = transactionPages(pageReaderByToken.call(this, { url: '/transactions', qs }));
	const isSince = ({ date }: Transaction) => String(date) >= toVietnamTime(since)!;
	const listed = readPayments(this, await collectRows(fetchPage, Infinity, isSince));
	const ids = listedIds(listed.map(({ payment }) => payment));
	const eventOf = eventMaker(this);
	return listed.flatMap(({ row, payment }, index) =>
		!isKnown(ids[index]) && isWanted(row) ? eventOf(ids[index], payment) : [],
	);
};

/** The rows, the oldest first, with the payments that deliveries would have told of. */
const readPayments = (context: ITriggerFunctions, rows: Transaction[]) =>
	rows.sort(compareByTime).flatMap((row) => {
		const payment = asDelivered(row);
		if (typeof payment !== 'string') return [{ row, payment }];
		context.logger.warn(`SePay Trigger skipped transaction ${row.id}: ${payment}`);
		return [];
	});

function eventMaker(context: ITriggerFunctions) {
	const isWanted = filterOf(context);
	return (id: string, payment: Transaction): Event[] =>
		isWanted(payment) ? [{ id, json: toOutput.call(context, payment) }] : [];
}

/** What SePay decides before it delivers, for rows of the list, which come as they are. */
async function sePayFilter(this: ITriggerFunctions): Promise<(row: Transaction) => boolean> {
	const additional = fieldsOf(this.getNodeParameter('additionalFields', {}));
	const { vaMode = 'all', subAccountIds, skipIfNoCode, prefixFilters } = additional;
	const eventType = this.getNodeParameter('eventType');
	const bankMode = this.getNodeParameter('bankMode', 'all');
	const accounts = bankMode === 'single' ? 'bankAccountId' : 'bankAccountIds';
	const chosen = bankMode === 'all' ? undefined : parseIds(this.getNodeParameter(accounts));
	const prefixes = ((prefixFilters as string[]) ?? []).map(String).filter(Boolean);
	// Rows name a sub-account by its number, the node by its ID.
	const wanted = parseIds(subAccountIds);
	const subs = (vaMode === 'list' ? await readSubAccounts.call(this, chosen ?? []) : [])
		.filter(({ id }) => wanted.includes(String(id)))
		.map(({ account_number }) => String(account_number));
	return ({ direction, bankAccountId, subAccount, code }) =>
		!(eventType === 'In_only' && direction === 'out') &&
		!(eventType === 'Out_only' && direction === 'in') &&
		(!chosen || chosen.includes(String(bankAccountId))) &&
		!(vaMode === 'none' && subAccount !== null) &&
		!(vaMode === 'list' && !subs.includes(subAccount ?? '')) &&
		!(skipIfNoCode && code === null) &&
		(prefixes.length === 0 || prefixes.some((prefix) => code?.startsWith(prefix)));
}
