import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { readObject } from '../../../shared/authentication';
import { invalid } from '../../../shared/exchange';

/** What a bank asks of an order. */
interface BankRules {
	/** A field that it cannot do without. */
	needs?: [field: string, displayName: string, wayOut: string];
	/** Whether an order may be for any amount. */
	anyAmount?: true;
	/** In characters. */
	longestCode?: number;
}

const RULES: Record<string, BankRules> = {
	BIDV: { anyAmount: true },
	Sacombank: {
		needs: ['va_prefix', 'VA Prefix', 'Choose one from the list, or read them with Get Prefixes.'],
	},
	Vietcombank: {
		needs: ['tid', 'Terminal', 'Choose one from the list, or read them with Get Terminals.'],
		longestCode: 15,
	},
	VietinBank: {},
};

/** The bank of an account, which never changes; by the path of the account. */
const banks = new Map<string, Promise<string>>();

/** The short name of the bank of an account; undefined when SePay does not tell. */
async function bankOf(context: IExecutePaginationFunctions, url: string) {
	const asked =
		banks.get(url) ??
		readObject.call(context, { url }).then(({ bank_short_name }) => String(bank_short_name));
	banks.set(url, asked);
	return await asked.catch(() => {
		banks.delete(url);
		return undefined;
	});
}

/**
 * Checks an order by the rules of the bank that it is paid into, as far as SePay tells the bank.
 *
 * @param account path of the bank account
 * @throws NodeOperationError that names the parameter
 */
export async function checkOrder(
	this: IExecutePaginationFunctions,
	body: IDataObject,
	account: string,
): Promise<void> {
	const bank = (await bankOf(this, account)) ?? '';
	const at = `for an account at ${bank}`;
	const { needs, anyAmount, longestCode }: BankRules = RULES[bank] ?? { anyAmount: true };
	if (!anyAmount && body.amount === undefined) {
		const wayOut = 'This bank takes payments of exactly the amount of the order.';
		throw invalid(this, 'Any Amount', `off ${at}`, wayOut);
	}
	if (needs) {
		const [field, displayName, wayOut] = needs;
		if (!body[field]) throw invalid(this, displayName, `given ${at}`, wayOut);
	}
	const { order_code: code } = body;
	const pattern = new RegExp(`^[A-Za-z0-9]{6,${longestCode ?? 50}}$`);
	if (code === undefined || pattern.test(String(code))) return;
	const wanted = longestCode
		? `6 to ${longestCode} letters and digits ${at}`
		: '6 to 50 letters and digits';
	throw invalid(this, 'Order Code', wanted, `It is "${String(code)}".`);
}
