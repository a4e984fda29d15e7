import type { IDataObject, INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { collectionOf, type Operation } from '../../../shared/descriptions';
import { allItems, inputItem, invalid, type InputItem } from '../../../shared/exchange';
import { codeReader } from '../../../shared/paymentCodes';
import { squeeze, textOrNull } from '../../../shared/values';
import {
	accountNumber,
	amount,
	code,
	codeFormats,
	codeFormatsOf,
	codeOf,
	listIn,
	money,
} from './fields';
import { balance, inOrder, transferFrom, type Expected, type Transfer } from './matching';

/** A row of the expected payments; one that cannot be used has an error, and its code if it has one. */
type Row = Partial<Expected> & { given: IDataObject; error?: NodeOperationError };

/**
 * The expected payments that the parameters give, in their order.
 *
 * @throws NodeOperationError when there are some and none can be used
 */
function expectedIn(item: InputItem): Row[] {
	const given =
		item.parameter('expectedFrom') === 'json'
			? listIn(
					item,
					'Expected Payments',
					item.parameter('expectedJson'),
					'Such as [{ "code": "DH1042", "amount": 500000 }].',
				)
			: (item.parameter('expectedPayments.payment', []) as IDataObject[]);
	const rows = given.map((row): Row => {
		const read: Row = { given: row, account: squeeze(row.accountNumber) };
		try {
			read.code = codeOf(item, row.code);
			read.amount = money(item, row.amount);
		} catch (error) {
			read.error = error;
		}
		return read;
	});
	for (const [index, row] of rows.entries()) {
		const wayOut = `${row.code} is there twice, so nobody could tell which one a transfer pays.`;
		if (row.code && rows.some((other) => other !== row && other.code === row.code)) {
			row.error ??= invalid(item, 'Expected Payments', 'one for each payment code', wayOut);
		}
		if (row.error) row.error.message = `Row ${index + 1}: ${row.error.message}`;
	}
	if (rows.length > 0 && rows.every(({ error }) => error)) throw rows[0].error;
	return rows;
}

const run = allItems(async function () {
	const item = inputItem(this, 0);
	const rows = expectedIn(item);
	const byCode = new Map(rows.flatMap((row) => (row.code ? [[row.code, row]] : [])));
	const codesFor = codeReader([...byCode.keys()], codeFormatsOf(item));
	const paying = new Map(rows.map((row) => [row, [] as Transfer[]]));
	const itemOf = new Map<Transfer, number>();
	const seen = new Set<string>();
	const leftOver: INodeExecutionData[] = [];

	const output = (fields: IDataObject, transfers: Transfer[]): INodeExecutionData => ({
		json: { ...fields, transactions: transfers.map(({ json }) => json) },
		pairedItem: transfers.map((transfer) => ({ item: itemOf.get(transfer)! })),
	});
	for (const [index, { json }] of this.getInputData().entries()) {
		// What "Always Output Data" of the node before puts in place of nothing.
		if (Object.keys(json).length === 0) continue;
		const transfer = transferFrom(json);
		itemOf.set(transfer, index);
		// Lists that overlap bring a transaction twice.
		if (transfer.id && seen.has(transfer.id)) continue;
		seen.add(transfer.id);
		const codes = codesFor(transfer.memo, transfer.code);
		const row = byCode.get(codes[0]);
		const isUnclear = !transfer.flaw && codes.length > 1;
		const reason = transfer.flaw || whyNot(transfer, codes, row);
		if (!reason) {
			paying.get(row!)!.push(transfer);
			continue;
		}
		const verdict = isUnclear ? 'unclear' : 'unmatched';
		const fields = { verdict, code: null, ...(isUnclear && { codes }), expectedAmount: null };
		const amounts = { receivedAmount: transfer.amount, difference: null };
		leftOver.push(output({ ...fields, ...amounts, reason }, [transfer]));
	}
	const settled = rows.map((row) => {
		const transfers = inOrder(paying.get(row)!);
		if (row.error) {
			const reason = [row.error.message, row.error.description].join('. ');
			const fields = { verdict: 'invalid', code: textOrNull(row.given.code), expectedAmount: null };
			return output({ ...fields, receivedAmount: 0, difference: null, reason }, transfers);
		}
		const { verdict, ...amounts } = balance(row.amount!, transfers);
		const reason = verdict === 'unmatched' ? 'no transfer has its payment code' : null;
		const fields = { verdict, code: row.code, expectedAmount: row.amount };
		return output({ ...fields, ...amounts, reason }, transfers);
	});
	return [[...settled, ...leftOver]];
});

/** Why a transfer pays nothing that is expected; empty when it does. */
function whyNot({ accounts }: Transfer, codes: string[], row?: Row): string {
	if (codes.length > 1) return `it has several payment codes: ${codes.join(', ')}`;
	if (!row) return 'it has no expected payment code';
	if (row.error) return `${row.code} is expected in a row that cannot be used`;
	const isElsewhere = row.account && !accounts.includes(row.account);
	return isElsewhere ? `${row.code} is expected to another account` : '';
}

export const match: Operation = {
	option: {
		name: 'Match',
		value: 'match',
		action: 'Match transactions with expected payments',
		description:
			'Tell for each expected payment whether the input transactions have paid it: paid, underpaid, overpaid, duplicate (paid twice) or unmatched. Transfers with the same code are added up; one that may be for several codes pays none and is unclear.',
	},
	properties: [
		{
			displayName: 'The input items are transactions, from Transaction: Get Many or from a trigger',
			name: 'matchNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Expected From',
			name: 'expectedFrom',
			type: 'options',
			options: [
				{
					name: 'Fields Below',
					value: 'fields',
					description: 'Enter each payment that is expected',
				},
				{
					name: 'JSON',
					value: 'json',
					description: 'Give all as one list, such as the rows of a table',
				},
			],
			default: 'fields',
		},
		{
			displayName: 'Expected Payments',
			name: 'expectedPayments',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Payment' },
			placeholder: 'Add Payment',
			displayOptions: { show: { expectedFrom: ['fields'] } },
			default: {},
			options: [{ displayName: 'Payment', name: 'payment', values: [accountNumber, amount, code] }],
		},
		{
			displayName: 'Expected Payments',
			name: 'expectedJson',
			type: 'json',
			displayOptions: { show: { expectedFrom: ['json'] } },
			default: '[]',
			placeholder: "e.g. {{ $('Orders').all().map((item) => item.json) }}",
			description:
				'A list of objects with code, amount in whole VND, and accountNumber if only transfers to that account count; other fields do not matter',
		},
		collectionOf('Options', 'options', 'Add option', [codeFormats]),
	],
	run,
};
