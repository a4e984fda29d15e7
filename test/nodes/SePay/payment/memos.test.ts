import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SePay } from '../../../../nodes/SePay/SePay.node';
import { memoCases, type MemoCase } from '../../../cases';
import { outputOf, resumeNode, runNode } from '../../../harness/run';
import { simplifiedTransaction } from '../../../harness/simplified';
import { vietnamTime } from '../../../sandbox/clock';
import { credentialType, useSePayTester } from '../sePay';

const tester = useSePayTester();
const type = new SePay();
let now: number;

beforeEach(() => {
	now = Date.parse('2026-03-02T12:00:10+07:00');
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});

afterEach(() => jest.restoreAllMocks());

const pay = ({ content, amount, code = '' }: MemoCase['transfers'][0]) =>
	tester.sandbox.addTransaction({
		transaction_content: content,
		amount_in: amount,
		code: code || null,
		transaction_date: vietnamTime(now),
	});

async function matched(due: MemoCase['due'], input: IDataObject[]) {
	const parameters = { resource: 'payment', operation: 'match', expectedFrom: 'json' };
	return await tester.rows({ ...parameters, expectedJson: JSON.stringify(due) }, { input });
}

/** The rows of a wait for each of the payments, after their time is over. */
async function waited(due: MemoCase['due']) {
	const parameters: INodeParameters = {
		resource: 'payment',
		operation: 'waitForPayment',
		code: '={{ $json.code }}',
		amount: '={{ $json.amount }}',
		giveUpAfter: 1,
	};
	const input = due.map((json) => ({ json }));
	const test = { type, parameters, credentials: tester.credentials, credentialType, input };
	let run = await runNode(test);
	while (run.waitTill) {
		now = run.waitTill.getTime();
		run = await resumeNode(test, run);
	}
	return outputOf(run).map(({ json }) => json);
}

const credited = (rows: IDataObject[]) =>
	Object.fromEntries(
		rows
			.filter(({ code, receivedAmount }) => code && receivedAmount)
			.map(({ code, receivedAmount }) => [code, receivedAmount]),
	);

/** What must be credited to these codes, when of the codes for which either is right these were. */
function expectedOf({ right, transfers }: MemoCase, codes: string[], given: object) {
	const may = (right.may ?? []).filter((code) => code in given);
	const all = {
		...right.credited,
		...Object.fromEntries(may.map((code) => [code, transfers[0].amount])),
	};
	return Object.fromEntries(Object.entries(all).filter(([code]) => codes.includes(code)));
}

const named = memoCases.map((one) => [one.kind, one.transfers[0].content, one] as const);

test.each(named)('%s: "%s" credits what is right', async (_kind, _content, one) => {
	const { due, transfers } = one;
	const input = transfers.map((transfer) => simplifiedTransaction(pay(transfer)));
	const codes = due.map(({ code }) => code);
	const together = await matched(due, input);
	expect(credited(together)).toEqual(expectedOf(one, codes, credited(together)));
	if (one.kind === 'K2' && due.length > 1 && !one.right.may) {
		const unclear = together.find(({ verdict }) => verdict === 'unclear');
		for (const code of codes) {
			expect(unclear?.codes).toContain(code);
			expect(unclear?.reason).toContain(code);
		}
	}
	expect(await matched([...due].reverse(), input)).toEqual(expect.arrayContaining(together));
	for (const [index, row] of (await waited(due)).entries()) {
		const alone = credited(await matched([due[index]], input));
		expect(credited([row])).toEqual(alone);
		expect(alone).toEqual(expectedOf(one, [codes[index]], alone));
	}
});
