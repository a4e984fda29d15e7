import type { IDataObject, INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import {
	inputItem,
	onAllItems,
	type InputItem,
} from '../../../shared/operations/declarativeAdapter';
import { collectionParameter, type Operation } from '../../../shared/operations/descriptions';
import { parameterError } from '../../../shared/operations/parameterError';
import { codeReader } from '../../../shared/sePay/paymentCodes';
import {
	parseTransfer,
	paymentStatusOf,
	sortByTime,
	type ExpectedPayment,
	type Transfer,
} from '../../../shared/sePay/paymentMatching';
import { normalizeCode, textOrNull } from '../../../shared/values';
import {
	accountNumber,
	amount,
	code,
	codeFormats,
	codeFormatsOf,
	listIn,
	parsePaymentAmount,
	parsePaymentCode,
} from './fields';

/** A row of the expected payments; one that cannot be used has an error, and its code if it has one. */
type Row = Partial<ExpectedPayment> & { given: IDataObject; error?: NodeOperationError };

/**
 * The expected payments that the parameters give, in their order.
 *
 * @throws NodeOperationError when there are some and none can be used
 */
function parseExpectedPayments(item: InputItem): Row[] {
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
		const read: Row = { given: row, account: normalizeCode(row.accountNumber) };
		try {
			read.code = parsePaymentCode(item, row.code);
			read.amount = parsePaymentAmount(item, row.amount);
		} catch (error) {
			read.error = error;
		}
		return read;
	});
	for (const [index, row] of rows.entries()) {
		const hint = `${row.code} is there twice, so nobody could tell which one a transfer pays.`;
		if (row.code && rows.some((other) => other !== row && other.code === row.code)) {
			row.error ??= parameterError(item, 'Expected Payments', 'one for each payment code', hint);
		}
		if (row.error) row.error.message = `Row ${index + 1}: ${row.error.message}`;
	}
	if (rows.length > 0 && rows.every(({ error }) => error)) throw rows[0].error;
	return rows;
}

const run = onAllItems(async function () {
	const item = inputItem(this, 0);
	const rows = parseExpectedPayments(item);
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
		const transfer = parseTransfer(json);
		itemOf.set(transfer, index);
		// Lists that overlap bring a transaction twice.
		if (transfer.id && seen.has(transfer.id)) continue;
		seen.add(transfer.id);
		const codes = codesFor(transfer.memo, transfer.code);
		const row = byCode.get(codes[0]);
		const isUnclear = !transfer.rejectionReason && codes.length > 1;
		const reason = transfer.rejectionReason || rejectionReasonFor(transfer, codes, row);
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
		const transfers = sortByTime(paying.get(row)!);
		if (row.error) {
			const reason = [row.error.message, row.error.description].join('. ');
			const fields = { verdict: 'invalid', code: textOrNull(row.given.code), expectedAmount: null };
			return output({ ...fields, receivedAmount: 0, difference: null, reason }, transfers);
		}
		const { verdict, ...amounts } = paymentStatusOf(row.amount!, transfers);
		const reason = verdict === 'unmatched' ? 'no transfer has its payment code' : null;
		const fields = { verdict, code: row.code, expectedAmount: row.amount };
		return output({ ...fields, ...amounts, reason }, transfers);
	});
	return [[...settled, ...leftOver]];
});

/** Why a transfer pays nothing that is expected; empty when it does. */
function rejectionReasonFor({ accounts }: Transfer, codes: string[], row?: Row): string {
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
		collectionParameter('Options', 'options', 'Add option', [codeFormats]),
	],
	run,
};
