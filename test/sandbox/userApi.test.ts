import { uuidOf } from '.';
import { callTokenApi, useSandbox } from './testing';
import type { Answered } from './testing';

const sandbox = useSandbox();
const get = (address: string, options?: { token?: string | null }) =>
	callTokenApi(sandbox(), 'GET', address, options);

/** The rows of a list, all of them. */
async function list(address: string): Promise<Array<Record<string, unknown>>> {
	const { status, body } = await get(address);
	expect(status).toBe(200);
	return body.data as never;
}

const refusal = ({ status, body }: Answered) => [status, body.error_code];
const account = (id: number) => uuidOf('account', id);
const transaction = (id: number) => uuidOf('transaction', id);

test('the same payment is in both APIs, by its integer and by its UUID', async () => {
	const row = sandbox().addTransaction({ amount_in: 250_000 });
	const [shown] = await list('/transactions?per_page=1');
	expect(shown).toEqual({
		id: transaction(row.id),
		transaction_date: row.transaction_date,
		account_number: row.account_number,
		va: null,
		transfer_type: 'in',
		amount_in: 250_000,
		amount_out: 0,
		accumulated: row.accumulated,
		transaction_content: row.transaction_content,
		reference_number: row.reference_number,
		code: null,
		bank_brand_name: 'Vietcombank',
		bank_account_id: account(12),
		va_id: null,
		webhook_success: 0,
	});
	expect((await get(`/transactions/${transaction(row.id)}`)).body.data).toEqual(shown);
	expect(refusal(await get(`/transactions/${account(12)}`))).toEqual([404, 'not_found']);
});
