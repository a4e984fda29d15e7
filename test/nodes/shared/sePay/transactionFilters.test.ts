import type { IDataObject } from 'n8n-workflow';
import {
	matchesFilters,
	toQuery,
	type TransactionFilters,
} from '../../../../nodes/shared/sePay/transactionFilters';

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
])('%j on %j: %p', (filters, fields, expected) => {
	expect(matchesFilters(filters, { ...row, ...fields } as IDataObject)).toBe(expected);
});

test('SePay is asked for one account only, as it cannot look for several', () => {
	expect(toQuery({ bankAccountIds: ['12'], accountNumber: '0 7-1' })).toEqual({
		bank_account_id: '12',
		account_number: '071',
	});
	expect(toQuery({ bankAccountIds: ['12', '14'], code: 'DH*', direction: 'in' })).toEqual({});
});
