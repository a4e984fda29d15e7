import type { IDataObject, INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { inputItem, onAllItems } from '../../../shared/operations/declarativeAdapter';
import {
	declareCustom,
	fieldType,
	option,
	parseText,
	readForm,
	required,
	showFor,
	type OperationForm,
} from '../../../shared/operations/fields';
import {
	asInteger,
	asSentText,
	asText,
	from,
	orNull,
	outputOf,
	type ValueType,
} from '../../../shared/operations/output';
import { parameterError, type ParameterContext } from '../../../shared/operations/parameterError';
import { codeReader, type CodeFormat } from '../../../shared/sePay/paymentCodes';
import {
	paymentStatusOf,
	readTransfer,
	sortByTime,
	type ExpectedPayment,
	type Transfer,
} from '../../../shared/sePay/paymentMatching';
import { fromItem, matches } from '../../../shared/sePay/transaction';
import { normalizeCode } from '../../../shared/values';
import { accountNumber, amount, code, codeFormats, listIn } from './fields';

/** A row of the expected payments; one that cannot be used has an error, and its code if it has one. */
type Row = Partial<ExpectedPayment> & { given: IDataObject; error?: NodeOperationError };

/** The expected payments, in their order. @throws NodeOperationError when there are some and none can be used */
function parseExpectedPayments(item: ParameterContext, given: IDataObject[]): Row[] {
	const rows = given.map((row): Row => {
		const read: Row = { given: row, account: normalizeCode(row.accountNumber) };
		try {
			read.code = code.parse(item, code.parameter.displayName, row.code) as string;
			read.amount = amount.parse(item, amount.parameter.displayName, row.amount) as number;
		} catch (error) {
			read.error = error;
		}
		return read;
	});
	for (const [index, row] of rows.entries()) {
		const hint = `${row.code} appears more than once, so a transfer cannot be assigned to one row.`;
		if (row.code && rows.some((other) => other !== row && other.code === row.code)) {
			row.error ??= parameterError(item, 'Expected Payments', 'one for each payment code', hint);
		}
		if (row.error) row.error.message = `Row ${index + 1}: ${row.error.message}`;
	}
	if (rows.length > 0 && rows.every(({ error }) => error)) throw rows[0].error;
	return rows;
}

const form: OperationForm = {
	value: 'match',
	action: 'Match transactions with expected payments',
	description:
		'Check whether the input transactions have paid each expected payment: paid, underpaid, overpaid, duplicate (paid twice) or unmatched. Transfers with the same code are added up. A transfer that fits several codes pays none of them and is unclear.',
	main: [
		fieldType('notice', parseText)('matchNotice', '', {
			displayName:
				'The input items must be transactions, from Transaction: Get Many or from a trigger',
		}),
		option('expectedFrom', [], '', {
			displayName: 'Specify Expected Payments',
			options: [
				{ name: 'Using Fields Below', value: 'fields', description: 'Enter each expected payment' },
				{
					name: 'Using JSON',
					value: 'json',
					description: 'Provide one list, for example the rows of a table',
				},
			],
			default: 'fields',
		}),
		...showFor({ expectedFrom: ['fields'] }, [
			fieldType('fixedCollection', (_context, _displayName, value) => Object(value).payment ?? [])(
				'expectedPayments',
				'',
				{
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Payment' },
					placeholder: 'Add Payment',
					default: {},
					options: [
						{
							displayName: 'Payment',
							name: 'payment',
							values: [accountNumber, amount, code].map(({ parameter }) => parameter),
						},
					],
				},
			),
		]),
		...required(
			...showFor({ expectedFrom: ['json'] }, [
				fieldType('json', (context, displayName, value) =>
					listIn(context, displayName, value, 'Example: [{ "code": "DH1042", "amount": 500000 }]'),
				)(
					'expectedJson',
					'A list of objects with code and amount in whole VND. Add accountNumber to count only transfers to that account. Other fields are ignored.',
					{
						displayName: 'Expected Payments',
						default: '[]',
						placeholder: "e.g. {{ $('Orders').all().map((item) => item.json) }}",
					},
				),
			]),
		),
	],
	options: [codeFormats],
};

const asGiven = (items: string): ValueType => ({
	convert: (value) => value,
	schema: { type: 'array', items: { type: items } },
});

const toOutput = outputOf({
	verdict: from('verdict', asSentText),
	code: from('code', asText),
	codes: from('codes', asGiven('string')),
	expectedAmount: from('expectedAmount', orNull(asInteger)),
	receivedAmount: from('receivedAmount', orNull(asInteger)),
	difference: from('difference', orNull(asInteger)),
	reason: from('reason', asText),
	transactions: from('transactions', asGiven('object')),
});

export const match = declareCustom(
	form,
	toOutput,
	onAllItems(async function () {
		const item = inputItem(this, 0);
		const { expectedPayments, expectedJson = expectedPayments, ...given } = readForm(item, form);
		const rows = parseExpectedPayments(item, expectedJson as IDataObject[]);
		const byCode = new Map(rows.flatMap((row) => (row.code ? [[row.code, row]] : [])));
		const codesFor = codeReader([...byCode.keys()], given.codeFormats as CodeFormat[] | undefined);
		const paying = new Map(rows.map((row) => [row, [] as Transfer[]]));
		const itemOf = new Map<Transfer, number>();
		const seen = new Set<string>();
		const leftOver: INodeExecutionData[] = [];

		const output = (fields: IDataObject, transfers: Transfer[]): INodeExecutionData => ({
			json: toOutput({ ...fields, transactions: transfers.map(({ raw }) => raw) }),
			pairedItem: transfers.map((transfer) => ({ item: itemOf.get(transfer)! })),
		});
		for (const [index, { json }] of this.getInputData().entries()) {
			// What "Always Output Data" of the node before puts in place of nothing.
			if (Object.keys(json).length === 0) continue;
			const transfer = readTransfer(fromItem(json));
			itemOf.set(transfer, index);
			// Lists that overlap bring a transaction twice.
			if (transfer.id && seen.has(transfer.id)) continue;
			seen.add(transfer.id);
			const codes = codesFor(transfer.memo, transfer.sePayCode);
			const row = byCode.get(codes[0]);
			const isUnclear = !transfer.rejectionReason && codes.length > 1;
			const reason = transfer.rejectionReason || rejectionReasonFor(transfer, codes, row);
			if (!reason) {
				paying.get(row!)!.push(transfer);
				continue;
			}
			const found = isUnclear ? { verdict: 'unclear', codes } : { verdict: 'unmatched' };
			leftOver.push(output({ ...found, receivedAmount: transfer.amount, reason }, [transfer]));
		}
		const settled = rows.map((row) => {
			const transfers = sortByTime(paying.get(row)!);
			if (row.error) {
				const reason = [row.error.message, row.error.description].join('. ');
				const fields = { verdict: 'invalid', code: row.given.code, receivedAmount: 0 };
				return output({ ...fields, reason }, transfers);
			}
			const { verdict, ...amounts } = paymentStatusOf(row.amount!, transfers);
			const reason = verdict === 'unmatched' ? 'no transfer has this payment code' : null;
			const fields = { verdict, code: row.code, expectedAmount: row.amount };
			return output({ ...fields, ...amounts, reason }, transfers);
		});
		return [[...settled, ...leftOver]];
	}),
);

/** Why a transfer pays nothing that is expected; empty when it does. */
function rejectionReasonFor(transfer: Transfer, codes: string[], row?: Row): string {
	if (codes.length > 1) return `it contains several payment codes: ${codes.join(', ')}`;
	if (!row) return 'it contains no expected payment code';
	if (row.error) return `${row.code} is expected in a row that is not valid`;
	const isThere = matches({ paidInto: row.account }, transfer);
	return isThere ? '' : `${row.code} is expected on another account`;
}
