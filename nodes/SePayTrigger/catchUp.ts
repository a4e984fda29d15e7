import type {
	IDataObject,
	IHookFunctions,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';
import { parseIds } from '../shared/operations/locators';
import { compareByTime } from '../shared/sePay/newestFirst';
import { pageReader } from '../shared/sePay/oAuth2Api';
import { directionOf } from '../shared/sePay/transactions';
import { collectRows, readPages } from '../shared/transport/paging';
import { catchUpMissed, lookBackStart } from '../shared/triggers/catchUp';
import { readState } from '../shared/triggers/triggerState';
import { textOrNull, toBankTime, toExactNumber } from '../shared/values';
import { deduplicationIdOf, matchesFilters, paymentFromRow, toOutput } from './payload';
import type { WebhookState } from './state';

/** Whether the node looks for payments that no delivery brought. */
export function isCatchUpEnabled(context: IHookFunctions | ITriggerFunctions): boolean {
	return (
		context.getNodeParameter('setUp') === 'automatic' &&
		context.getNodeParameter('deduplicate') === true &&
		context.getNodeParameter('catchUp') !== 'off'
	);
}

/** Starts the workflow for payments in SePay's list that no delivery brought. */
export async function catchUp(this: ITriggerFunctions): Promise<ITriggerResponse> {
	return isCatchUpEnabled(this)
		? await catchUpMissed.call(this, { name: 'SePay Trigger', idOf: deduplicationIdOf, findMissed })
		: {};
}

async function findMissed(
	this: ITriggerFunctions,
	isProcessed: (id: string) => boolean,
): Promise<IDataObject[]> {
	const after = readState<WebhookState>(this)?.after;
	if (after === undefined) return [];
	const sinceTime = toBankTime(lookBackStart(this));
	const isWanted = await sePayFilter.call(this);
	const request = { url: '/transactions', qs: { from_date: sinceTime.slice(0, 10) } };
	const missing: IDataObject[] = [];
	for await (const rows of readPages(pageReader.call(this, request), Infinity)) {
		missing.push(
			...rows.filter(
				(row) =>
					Number(toExactNumber(row.id)) > after &&
					!isProcessed(String(row.id)) &&
					String(row.transaction_date) >= sinceTime &&
					isWanted(row),
			),
		);
	}
	const items: IDataObject[] = [];
	for (const row of missing.sort(compareByTime)) {
		const payment = paymentFromRow(row);
		if (typeof payment === 'string') {
			this.logger.warn(`SePay Trigger left out transaction ${String(row.id)}: ${payment}`);
		} else if (matchesFilters.call(this, payment)) {
			items.push(toOutput.call(this, payment));
		}
	}
	return items;
}

/** What SePay decides before it delivers, for rows of the list, which come as they are. */
async function sePayFilter(this: ITriggerFunctions): Promise<(row: IDataObject) => boolean> {
	const {
		vaMode = 'all',
		subAccountIds,
		skipIfNoCode,
		prefixFilters,
	} = this.getNodeParameter('additionalFields', {}) as IDataObject;
	const eventType = this.getNodeParameter('eventType');
	const bankMode = this.getNodeParameter('bankMode');
	const chosen =
		bankMode === 'all'
			? undefined
			: parseIds(this.getNodeParameter(bankMode === 'single' ? 'bankAccountId' : 'bankAccountIds'));
	const prefixes = ((prefixFilters as string[]) ?? []).map(String).filter(Boolean);
	const subs =
		vaMode === 'list' ? await readSubAccountNumbers.call(this, chosen, subAccountIds) : [];
	return (row) => {
		const direction = directionOf(row);
		const code = textOrNull(row.code);
		const sub = textOrNull(row.sub_account);
		return (
			!(eventType === 'In_only' && direction === 'out') &&
			!(eventType === 'Out_only' && direction === 'in') &&
			(!chosen || chosen.includes(String(row.bank_account_id))) &&
			!(vaMode === 'none' && sub !== null) &&
			!(vaMode === 'list' && !subs.includes(sub ?? '')) &&
			!(skipIfNoCode && code === null) &&
			(prefixes.length === 0 || prefixes.some((prefix) => code?.startsWith(prefix)))
		);
	};
}

/** Rows name a sub-account by its number, the node by its ID. */
async function readSubAccountNumbers(
	this: ITriggerFunctions,
	accountIds: string[] | undefined,
	subAccountIds: unknown,
): Promise<string[]> {
	const wanted = parseIds(subAccountIds);
	const accounts =
		accountIds ??
		(await collectRows(pageReader.call(this, { url: '/bank-accounts' }), Infinity)).map(({ id }) =>
			String(id),
		);
	const lists = await Promise.all(
		accounts.map(async (id) => {
			const url = `/bank-accounts/${id}/sub-accounts`;
			return await collectRows(pageReader.call(this, { url }), Infinity);
		}),
	);
	return lists
		.flat()
		.filter(({ id }) => wanted.includes(String(id)))
		.map(({ account_number }) => String(account_number));
}
