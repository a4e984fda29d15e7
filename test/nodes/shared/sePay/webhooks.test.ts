import type { IDataObject } from 'n8n-workflow';
import { parseWebhook } from '../../../../nodes/shared/sePay/webhooks';

test('a webhook has its numbers as numbers, in lists alike, and its flags as booleans', () => {
	const row = { id: '7', bank_account_ids: ['1', 2], active: 1, name: '5' };
	const parsed = { id: 7, bank_account_ids: [1, 2], active: true, name: '5' };
	expect(parseWebhook(row)).toEqual(parsed);
	expect(parseWebhook({ bank_account_ids: '3' })).toEqual({ bank_account_ids: 3 });
});

test('empty text is null where a number or a flag belongs', () => {
	const row = { id: '', bank_account_ids: '', active: '', name: '' };
	const parsed = { id: null, bank_account_ids: null, active: null, name: '' };
	expect(parseWebhook(row)).toEqual(parsed);
});

test('a field with a name that every object has stays as it came', () => {
	const row = { constructor: 'a', toString: 'b', valueOf: 'c' };
	expect(parseWebhook(row as unknown as IDataObject)).toEqual(row);
});
