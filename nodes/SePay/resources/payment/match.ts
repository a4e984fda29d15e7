import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Operation } from '../../../shared/descriptions';
import { allItems, inputItem, invalid, type InputItem } from '../../../shared/exchange';
import { accountNumber, amount, code, codeOf, money } from './fields';
import {
	balance,
	codeReader,
	inOrder,
	squeeze,
	transferFrom,
	type Expected,
	type Transfer,
} from './matching';

/** The payments that the parameters expect, in their order. */
function expectedIn(item: InputItem): Expected[] {
	const given =
		item.parameter('expectedFrom') === 'json'
			? rowsIn(item, item.parameter('expectedJson'))
			: (item.parameter('expectedPayments.payment', []) as IDataObject[]);
	const expected = given.map((row) => ({
		code: codeOf(item, row.code),
		amount: money(item, row.amount),
		account: squeeze(row.accountNumber),
	}));
	const twice = expected.find((one, index) =>
		expected.some((other, place) => place < index && other.code === one.code),
	);
	if (!twice) return expected;
	const wayOut = `${twice.code} stands there twice, so nobody could tell which one a transfer pays.`;
	throw invalid(item, 'Expected Payments', 'one for each payment code', wayOut);
}

function rowsIn(item: InputItem, value: unknown): IDataObject[] {
	const wayOut = 'Such as [{ "code": "DH1042", "amount": 500000 }].';
	let rows = value;
	if (typeof value === 'string') {
		try {
			rows = JSON.parse(value);
		} catch {
			throw invalid(item, 'Expected Payments', 'a list in JSON', wayOut);
		}
	}
	if (Array.isArray(rows) && rows.every((row) => row instanceof Object)) return rows;
	throw invalid(item, 'Expected Payments', 'a list of objects', wayOut);
}

const run = allItems(async function () {
	const expected = expectedIn(inputItem(this, 0));
	const byCode = new Map(expected.map((one) => [one.code, one]));
	const codesFor = codeReader([...byCode.keys()]);
	const paying = new Map(expected.map((one) => [one, [] as Transfer[]]));
	const itemOf = new Map<Transfer, number>();
	const seen = new Set<string>();
	const leftOver: INodeExecutionData[] = [];

	const output = (fields: IDataObject, transfers: Transfer[]): INodeExecutionData => ({
		json: { ...fields, transactions: transfers.map(({ json }) => json) },
		pairedItem: transfers.map((transfer) => ({ item: itemOf.get(transfer)! })),
	});
	for (const [item, { json }] of this.getInputData().entries()) {
		// What "Always Output Data" of the node before puts in place of nothing.
		if (Object.keys(json).length === 0) continue;
		const transfer = transferFrom(json);
		itemOf.set(transfer, item);
		// Lists that overlap bring a transaction twice.
		if (transfer.id && seen.has(transfer.id)) continue;
		seen.add(transfer.id);
		const codes = codesFor(transfer);
		const one = byCode.get(codes[0]);
		const reason = transfer.flaw || whyNot(transfer, codes, one);
		if (!reason) {
			paying.get(one!)!.push(transfer);
			continue;
		}
		const fields = { verdict: 'unmatched', code: null, expectedAmount: null };
		const amounts = { receivedAmount: transfer.amount, difference: null };
		leftOver.push(output({ ...fields, ...amounts, reason }, [transfer]));
	}
	const settled = expected.map((one) => {
		const transfers = inOrder(paying.get(one)!);
		const { verdict, ...amounts } = balance(one.amount, transfers);
		const reason = verdict === 'unmatched' ? 'no transfer has its payment code' : null;
		const fields = { verdict, code: one.code, expectedAmount: one.amount };
		return output({ ...fields, ...amounts, reason }, transfers);
	});
	return [[...settled, ...leftOver]];
});

/** Why a transfer pays nothing that is expected; empty when it does. */
function whyNot({ accounts }: Transfer, codes: string[], expected?: Expected): string {
	if (!expected) return 'it has no expected payment code';
	if (codes.length > 1) return `it has several payment codes: ${codes.join(', ')}`;
	const isElsewhere = expected.account && !accounts.includes(expected.account);
	return isElsewhere ? `${expected.code} is expected to another account` : '';
}

export const match: Operation = {
	option: {
		name: 'Match',
		value: 'match',
		action: 'Match transactions with expected payments',
		description:
			'Tell for each expected payment whether the input transactions have paid it: paid, underpaid, overpaid, duplicate (paid twice) or unmatched. Transfers with the same code are added up.',
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
	],
	run,
};
