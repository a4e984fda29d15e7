import type {
	IDataObject,
	INodeProperties,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { parseIds } from '../operations/locators';
import { normalizeCode } from '../values';
import { matchesFilters, type TransactionFilters } from './transactionFilters';

/** The filters of a trigger on payments, by what SePay itself cannot select. */
export const paymentFilters: INodeProperties[] = [
	{
		displayName: 'Account Numbers',
		name: 'accountNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0071000888888, 1017588888',
		description: 'Start only on transfers of the bank accounts with these numbers',
	},
	{
		displayName: 'Maximum Amount',
		name: 'maxAmount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Start only on transfers of up to this amount in VND. 0 means no limit.',
	},
	{
		displayName: 'Memo Contains',
		name: 'content',
		type: 'string',
		default: '',
		placeholder: 'e.g. hoc phi',
		description:
			'Start only on transfers whose memo contains this text. Case, accents, spaces and dashes are ignored.',
	},
	{
		displayName: 'Minimum Amount',
		name: 'minAmount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Start only on transfers of at least this amount in VND. 0 means no limit.',
	},
	{
		displayName: 'Payment Code',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. DH*',
		description:
			'Start only on transfers with this payment code. * matches any characters. Case, spaces and dashes are ignored.',
	},
	{
		displayName: 'Sub-Account Numbers',
		name: 'subAccounts',
		type: 'string',
		default: '',
		placeholder: 'e.g. VCB0011ABC001',
		description: 'Start only on transfers into the sub-accounts (VAs) with these numbers',
	},
];

/**
 * Whether a payment passes the filters of the node.
 *
 * @param row the payment as `GET /transactions` lists it
 */
export function matchesPaymentFilters(
	this: IWebhookFunctions | ITriggerFunctions,
	row: IDataObject,
): boolean {
	const { accountNumbers, code, content, maxAmount, minAmount, subAccounts } =
		this.getNodeParameter('filters', {}) as IDataObject;
	const wanted: TransactionFilters = {
		code: String(code ?? '').trim(),
		content: String(content ?? ''),
		minAmount: parseAmountLimit(minAmount),
		maxAmount: parseAmountLimit(maxAmount),
	};
	return (
		isListed(row.account_number, accountNumbers) &&
		isListed(row.sub_account, subAccounts) &&
		matchesFilters(wanted, row)
	);
}

/** Whether a number is one of those in a list with commas; an empty list has every number. */
function isListed(number: unknown, list: unknown): boolean {
	const listed = parseIds(list).map(normalizeCode);
	return listed.length === 0 || listed.includes(normalizeCode(number));
}

/** An amount to compare with; 0 and what was left empty do not matter. */
function parseAmountLimit(value: unknown): number | undefined {
	return Number(value) > 0 ? Number(value) : undefined;
}
