import type { INodeProperties } from 'n8n-workflow';
import { wholeVnd } from '../../../shared/checks';
import { invalid, type Place } from '../../../shared/exchange';
import { hasForeign, isCode, squeeze } from './matching';

/** A VietQR holds 13 digits. */
const MOST = 9_999_999_999_999;

export const code: INodeProperties = {
	displayName: 'Payment Code',
	name: 'code',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. DH1042',
	description: 'The code in the memo that tells which order a transfer is for',
};

export const amount: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'number',
	required: true,
	typeOptions: { minValue: 1 },
	default: 0,
	placeholder: 'e.g. 500000',
	description: 'In whole VND',
};

export const accountNumber: INodeProperties = {
	displayName: 'Account Number',
	name: 'accountNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 0071000888888',
	description:
		'Only transfers to the bank account or virtual account (VA) with this number count; left empty, to any',
};

/**
 * An amount to be paid, in whole VND.
 *
 * @throws NodeOperationError when it is a fraction, below 1 or of more than 13 digits
 */
export function money(place: Place, value: unknown): number {
	const found = wholeVnd(place, 'Amount', value);
	if (found >= 1 && found <= MOST) return found;
	throw invalid(place, 'Amount', `from 1 to ${MOST} VND`, `It is ${found}.`);
}

/**
 * A payment code without what banks strip: capital letters and digits alone.
 *
 * @throws NodeOperationError when SePay could not have formed it
 */
export function codeOf(place: Place, value: unknown): string {
	const found = squeeze(value);
	if (isCode(found) && !hasForeign(value)) return found;
	const wanted = 'a prefix of 2 to 10 letters A–Z and a suffix of at most 30 letters A–Z or digits';
	throw invalid(place, 'Payment Code', wanted, `It is "${String(value)}".`);
}
