import type {
	IDataObject,
	IHookFunctions,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';
import { catchUp as look, lookBackStart } from '../shared/catchUp';
import { keptBy } from '../shared/kept';
import { idsIn } from '../shared/locators';
import { byTime } from '../shared/newestFirst';
import { collectRows, readPages } from '../shared/paging';
import { pageReader } from '../shared/sePay';
import { directionOf } from '../shared/transactions';
import { bankTime, exactNumber, textOrNull } from '../shared/values';
import { idOf, outputOf, passesFilters, paymentOf } from './payload';
import type { Registered } from './registration';

/** Whether the node looks for payments that no delivery brought. */
export function catchesUp(context: IHookFunctions | ITriggerFunctions): boolean {
	return (
		context.getNodeParameter('setUp') === 'automatic' &&
		context.getNodeParameter('deduplicate') === true &&
		context.getNodeParameter('catchUp') !== 'off'
	);
}

/** Starts the workflow for payments in SePay's list that no delivery brought. */
export async function catchUp(this: ITriggerFunctions): Promise<ITriggerResponse> {
	return catchesUp(this)
		? await look.call(this, { name: 'SePay Trigger', idOf, notDelivered })
		: {};
}

async function notDelivered(
	this: ITriggerFunctions,
	isRecorded: (id: string) => boolean,
): Promise<IDataObject[]> {
	const after = keptBy<Registered>(this)?.after;
	if (after === undefined) return [];
	const sinceTime = bankTime(lookBackStart(this));
	const isWanted = await wantedAtSePay.call(this);
	const request = { url: '/transactions', qs: { from_date: sinceTime.slice(0, 10) } };
	const missing: IDataObject[] = [];
	for await (const rows of readPages(pageReader.call(this, request), Infinity)) {
		missing.push(
			...rows.filter(
				(row) =>
					Number(exactNumber(row.id)) > after &&
					!isRecorded(String(row.id)) &&
					String(row.transaction_date) >= sinceTime &&
					isWanted(row),
			),
		);
	}
	const items: IDataObject[] = [];
	for (const row of missing.sort(byTime)) {
		const payment = paymentOf(row);
		if (typeof payment === 'string') {
			this.logger.warn(`SePay Trigger left out transaction ${String(row.id)}: ${payment}`);
		} else if (passesFilters.call(this, payment)) {
			items.push(outputOf.call(this, payment));
		}
	}
	return items;
}

/** What SePay decides before it delivers, for rows of the list, which come as they are. */
async function wantedAtSePay(this: ITriggerFunctions): Promise<(row: IDataObject) => boolean> {
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
			: idsIn(this.getNodeParameter(bankMode === 'single' ? 'bankAccountId' : 'bankAccountIds'));
	const prefixes = ((prefixFilters as string[]) ?? []).map(String).filter(Boolean);
	const subs = vaMode === 'list' ? await subAccountNumbers.call(this, chosen, subAccountIds) : [];
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
async function subAccountNumbers(
	this: ITriggerFunctions,
	accountIds: string[] | undefined,
	subAccountIds: unknown,
): Promise<string[]> {
	const wanted = idsIn(subAccountIds);
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
