import type { IDataObject } from 'n8n-workflow';
import { fromBankHub, simplifyTransaction } from '../../../../nodes/shared/bankHub/transaction';
import { toQuery } from '../../../../nodes/shared/sePay/newTransactions';
import {
	fromItem,
	fromList,
	fromWebhook,
	matches,
	simplify,
	type Transaction,
	type TransactionFilters,
} from '../../../../nodes/shared/sePay/transaction';

const transfer: Omit<Transaction, 'id' | 'bankAccountId' | 'raw'> = {
	direction: 'in',
	amount: 500_000,
	date: '2026-01-31T23:30:00+07:00',
	accountNumber: '0071000888888',
	subAccount: 'VCBA1',
	bank: 'Vietcombank',
	content: 'Đơn DH1042',
	code: 'DH1042',
	reference: null,
	balance: 900_000,
};

/** The same transfer as each source tells of it. */
const oAuth2Row: IDataObject = {
	id: '49682',
	bank_account_id: '12',
	bank_brand_name: 'Vietcombank',
	account_number: '0071000888888',
	transaction_date: '2026-01-31 23:30:00',
	amount_in: '500000.00',
	amount_out: '0.00',
	accumulated: '900000.00',
	transaction_content: 'Đơn DH1042',
	code: 'DH1042',
	reference_number: '',
	sub_account: 'VCBA1',
};
const UUID = '3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b';
const { sub_account: va, ...common } = oAuth2Row;
const tokenRow = { ...common, id: UUID, bank_account_id: UUID, transfer_type: 'in', va };
const delivery: IDataObject = {
	id: '49682',
	gateway: 'Vietcombank',
	transactionDate: '2026-01-31 23:30:00',
	accountNumber: '0071000888888',
	subAccount: 'VCBA1',
	code: 'DH1042',
	content: 'Đơn DH1042',
	transferType: 'IN',
	description: 'BankAPINotify',
	transferAmount: '500000',
	accumulated: '900000',
	referenceCode: '',
};
const bankHubRow: IDataObject = {
	transaction_id: UUID,
	bank_account_xid: 'x1',
	company_xid: '',
	transaction_date: '2026-01-31T16:30:00Z',
	account_number: '0071000888888',
	va: 'VCBA1',
	brand_name: 'Vietcombank',
	transaction_content: 'Đơn DH1042',
	payment_code: 'DH1042',
	reference_number: '',
	transfer_type: 'credit',
	amount: '500000.00',
	accumulated: '900000',
	webhook_success: '1',
};
const notice: IDataObject = {
	transaction_id: UUID,
	bank_account_xid: 'x1',
	transaction_date: 1_769_877_000,
	account_number: '0071000888888',
	va: 'VCBA1',
	gateway: 'Vietcombank',
	content: 'Đơn DH1042',
	payment_code: 'DH1042',
	reference_code: '',
	transfer_type: 'IN',
	amount: 500_000,
	accumulated: 900_000,
};

describe('a transaction is the same', () => {
	test.each<[string, Transaction | string, object]>([
		['as OAuth2 lists it', fromList(oAuth2Row), { id: '49682', bankAccountId: '12' }],
		['as the API token lists it', fromList(tokenRow), { id: UUID, bankAccountId: UUID }],
		['as a webhook delivers it', fromWebhook(delivery), { id: '49682', bankAccountId: null }],
		['as Bank Hub lists it', fromBankHub(bankHubRow), { id: UUID, bankAccountId: 'x1' }],
		['as Bank Hub tells of it', fromBankHub(notice), { id: UUID, bankAccountId: 'x1' }],
	])('%s', (_name, found, ids) => {
		expect(found).toEqual({ ...transfer, ...ids, raw: expect.anything() });
	});

	test.each<[string, IDataObject]>([
		['simplified', simplify(fromList(oAuth2Row))],
		['of OAuth2', oAuth2Row],
		['of the API token', tokenRow],
		['of a webhook', delivery],
		['of Bank Hub', { ...bankHubRow, transaction_date: '2026-01-31 23:30:00' }],
		['of Bank Hub, simplified', simplifyTransaction(fromBankHub(bankHubRow))],
	])('when an item holds it: %s', (_name, json) => {
		const found = fromItem(json);
		const { balance } = transfer;
		const numbers = { amount: Number(found.amount), balance };
		expect({ ...found, ...numbers }).toMatchObject({ ...transfer, raw: json });
		expect(['49682', UUID]).toContain(found.id);
	});
});

test('its numbers stay numbers in what comes without Simplify', () => {
	expect(fromList(oAuth2Row).raw).toEqual({
		...oAuth2Row,
		id: 49_682,
		bank_account_id: 12,
		amount_in: 500_000,
		amount_out: 0,
		accumulated: 900_000,
	});
	expect((fromWebhook(delivery) as Transaction).raw).toEqual({
		...delivery,
		id: 49_682,
		transferType: 'in',
		transferAmount: 500_000,
		accumulated: 900_000,
	});
});

test('its simplified form has null for empty text and the ID as a number where it is one', () => {
	const sent = { ...oAuth2Row, transaction_date: '2026-11-26T23:59:59', accumulated: '' };
	expect(simplify(fromList(sent))).toEqual({
		...transfer,
		id: 49_682,
		currency: 'VND',
		date: '2026-11-26T23:59:59+07:00',
		balance: null,
	});
	const ofBankHub = { ...bankHubRow, transaction_id: '0042', amount: '', webhook_success: '' };
	expect(simplifyTransaction(fromBankHub(ofBankHub))).toEqual({
		...transfer,
		id: '0042',
		amount: null,
		balance: undefined,
		currency: 'VND',
		companyXid: null,
		bankAccountXid: 'x1',
		delivered: null,
	});
});

test('what cannot be read stays as it came', () => {
	const sent = { ...oAuth2Row, amount_in: '1.000.000 VND', transaction_date: '31/01/2026' };
	expect(fromList(sent)).toMatchObject({ amount: '1.000.000 VND', date: '31/01/2026' });
	expect(fromBankHub({ ...bankHubRow, transfer_type: 'x' })).toMatchObject({ direction: null });
});

const row: IDataObject = {
	id: 1,
	bank_account_id: 12,
	account_number: '0071000888888',
	amount_in: 100_000,
	amount_out: 0,
	code: 'DH1042',
	transaction_content: 'NGUYEN VAN AN Học phí tháng 9',
};

test.each<[TransactionFilters, Partial<IDataObject>, boolean]>([
	[{}, {}, true],
	[{ bankAccountIds: [] }, {}, true],
	[{ bankAccountIds: ['12', '14'] }, {}, true],
	[{ bankAccountIds: ['12'] }, { bank_account_id: '12' }, true],
	[{ bankAccountIds: ['14'] }, {}, false],
	[{ accountNumber: '0071000888888' }, {}, true],
	[{ accountNumber: '0071 000 888-888' }, {}, true],
	[{ accountNumber: '71000888888' }, {}, false],
	[{ direction: 'in' }, {}, true],
	[{ direction: 'out' }, {}, false],
	[{ direction: 'out' }, { amount_in: '0.00', amount_out: '5000.00' }, true],
	[{ minAmount: 100_000 }, {}, true],
	[{ minAmount: 100_001 }, {}, false],
	[{ maxAmount: 100_000 }, {}, true],
	[{ maxAmount: 99_999 }, {}, false],
	[{ maxAmount: 99_999 }, { amount_in: '100000.00' }, false],
	[{ minAmount: 90_000 }, { amount_in: '100000.00' }, true],
	[{ minAmount: 6000 }, { amount_in: 0, amount_out: 5000 }, false],
	// Money is not to be lost for an amount in a form that nobody expects.
	[{ minAmount: 1, maxAmount: 2 }, { amount_in: '1.000.000 VND' }, true],
	[{ code: 'dh1042' }, {}, true],
	[{ code: 'DH*' }, {}, true],
	[{ code: '*42' }, {}, true],
	[{ code: 'DH*2' }, {}, true],
	[{ code: 'DH' }, {}, false],
	[{ code: 'H*' }, {}, false],
	[{ code: 'DH-1042' }, {}, true],
	[{ code: ' dh 10*' }, {}, true],
	[{ code: 'ĐH1042' }, {}, true],
	[{ code: '-' }, {}, false],
	[{ code: 'DH[1]*' }, { code: 'DH2' }, false],
	[{ code: 'D(H' }, {}, false],
	[{ code: 'DH*' }, { code: null }, false],
	[{ content: 'nguyen van' }, {}, true],
	[{ content: 'HỌC PHÍ' }, {}, true],
	[{ content: 'học phí'.normalize('NFD') }, {}, true],
	[{ content: 'hoc phi' }, {}, true],
	[{ content: 'hoc-phi' }, {}, true],
	[{ content: 'thanh toán' }, { transaction_content: 'NGUYEN VAN A THANH TOAN' }, true],
	[{ content: 'đơn hàng' }, { transaction_content: 'tra DON  HANG 7' }, true],
	[{ content: 'hoc phi thang 10' }, {}, false],
	[{ content: '#' }, {}, false],
	[{ content: '#' }, { transaction_content: '#' }, true],
	[{ content: 'x' }, { transaction_content: null }, false],
	[{ accountNumbers: [], subAccounts: [], paidInto: '' }, {}, true],
	[{ accountNumbers: ['77', '0071 000 888888'] }, {}, true],
	[{ accountNumbers: ['77'] }, {}, false],
	[{ subAccounts: ['va-1', '77'] }, { sub_account: 'VA1' }, true],
	[{ subAccounts: ['VA1'] }, { va: 'VA1' }, true],
	[{ subAccounts: ['VA1'] }, {}, false],
	[{ paidInto: '0071000888888' }, { sub_account: 'VA1' }, true],
	[{ paidInto: 'VA1' }, { sub_account: 'VA-1' }, true],
	[{ paidInto: 'VA2' }, { sub_account: 'VA1' }, false],
])('%j on %j: %p', (filters, fields, expected) => {
	expect(matches(filters, fromList({ ...row, ...fields } as IDataObject))).toBe(expected);
});

test('SePay is asked for one account only, as it cannot look for several', () => {
	expect(toQuery({ bankAccountIds: ['12'], accountNumber: '0 7-1' })).toEqual({
		bank_account_id: '12',
		account_number: '071',
	});
	expect(toQuery({ bankAccountIds: ['12', '14'], code: 'DH*', direction: 'in' })).toEqual({});
});
