import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { deliveredId, identityOf, listedIds } from '../../../nodes/SePayTrigger/identity';
import { asDelivered } from '../../../nodes/SePayTrigger/payload';
import { fromList, fromWebhook, type Transaction } from '../../../nodes/shared/sePay/transaction';

/** A transfer as the bank knows it. */
interface Transfer {
	account: string;
	direction: 'in' | 'out';
	amount: number;
	second: number;
	reference: string;
	memo: string;
	balance: number;
	subAccount: string;
}

const transfer: fc.Arbitrary<Transfer> = fc.record({
	account: fc.constantFrom('0071000888888', '1017588888'),
	direction: fc.constantFrom('in' as const, 'out' as const),
	amount: fc.integer({ min: 1, max: 3 }),
	second: fc.integer({ min: 0, max: 2 }),
	reference: fc.constantFrom('', 'FT1', 'FT2'),
	memo: fc.constantFrom('DH1 trả tiền', 'DH2 trả tiền', ''),
	balance: fc.constantFrom(0, 100, 200),
	subAccount: fc.constantFrom('', 'VA1', 'TKP9'),
});

const time = ({ second }: Transfer) => `2026-01-14 13:37:0${second}`;
/** How each source writes nothing, and a memo. */
const spelling = fc.record({
	nothing: fc.constantFrom(null, '', undefined),
	noBalance: fc.constantFrom(0, null, undefined, '0'),
	memo: fc.constantFrom(
		(text: string) => text,
		(text: string) => text.toUpperCase(),
		(text: string) => ` ${text.replace(/ /g, '  ')} `,
		(text: string) => text.normalize('NFD'),
		(text: string) => text.normalize('NFD').replace(/\p{M}/gu, ''),
	),
	asText: fc.boolean(),
	hasSubAccount: fc.boolean(),
});
type Spelling = typeof spelling extends fc.Arbitrary<infer T> ? T : never;

function delivered(of: Transfer, id: number, how: Spelling): Transaction {
	const number = (value: number) => (how.asText ? String(value) : value);
	return fromWebhook({
		id,
		gateway: 'Vietcombank',
		transactionDate: time(of),
		accountNumber: of.account,
		subAccount: how.hasSubAccount ? of.subAccount : how.nothing,
		code: null,
		content: how.memo(of.memo),
		transferType: of.direction,
		transferAmount: number(of.amount),
		accumulated: of.balance === 0 ? how.noBalance : number(of.balance),
		referenceCode: of.reference === '' ? how.nothing : of.reference,
	} as IDataObject) as Transaction;
}

function expectListed(of: Transfer, how: Spelling): Transaction {
	const number = (value: number) => (how.asText ? `${value}.00` : value);
	const row = {
		id: '5b1c0f5e-0000-4000-8000-000000000000',
		bank_brand_name: 'Vietcombank',
		account_number: of.account,
		transaction_date: time(of),
		amount_in: number(of.direction === 'in' ? of.amount : 0),
		amount_out: number(of.direction === 'out' ? of.amount : 0),
		accumulated: of.balance === 0 ? how.noBalance : number(of.balance),
		transaction_content: how.memo(of.memo),
		reference_number: of.reference === '' ? how.nothing : of.reference,
		va: how.hasSubAccount ? of.subAccount : how.nothing,
		code: null,
	} as IDataObject;
	return asDelivered(fromList(row)) as Transaction;
}

/** All that tells a transfer from others, but for its sub-account, which sources may write differently. */
const meaning = (of: Transfer) => JSON.stringify({ ...of, subAccount: '' });

test('one transfer has one identity, however each source writes it', () => {
	fc.assert(
		fc.property(transfer, spelling, spelling, (one, here, there) => {
			expect(identityOf(expectListed(one, there))).toBe(identityOf(delivered(one, 7, here)));
		}),
		{ numRuns: 3000, seed: 20_261_128 },
	);
});

test('transfers that differ in account, direction, amount, time, reference, memo or balance never meet', () => {
	fc.assert(
		fc.property(transfer, transfer, spelling, spelling, (one, other, here, there) => {
			fc.pre(meaning(one) !== meaning(other));
			expect(identityOf(expectListed(one, here))).not.toBe(identityOf(delivered(other, 7, there)));
		}),
		{ numRuns: 3000, seed: 20_261_129 },
	);
});

test('whatever is delivered and listed, in any order and again and again: one ID for each transfer', () => {
	let node = 0;
	fc.assert(
		fc.property(
			fc.array(transfer, { minLength: 1, maxLength: 6 }),
			fc.array(fc.tuple(fc.nat(), fc.boolean(), spelling), { maxLength: 20 }),
			(transfers, steps) => {
				node++;
				const started = new Set<string>();
				const known = new Set<number>();
				for (const [at, isDelivery, how] of steps) {
					const index = at % transfers.length;
					if (isDelivery) {
						const payment = delivered(transfers[index], index + 1, how);
						started.add(deliveredId(`${node}`, identityOf(payment), `${index + 1}`));
						known.add(index);
					} else {
						for (const id of listedIds(transfers.map((one) => expectListed(one, how))))
							started.add(id);
						transfers.forEach((_, position) => known.add(position));
					}
				}
				// As many as are known by meaning, whichever of those alike they are.
				expect(started.size).toBe(known.size);
			},
		),
		{ numRuns: 2000, seed: 20_261_130 },
	);
});
