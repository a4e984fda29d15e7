import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { parameterError } from '../../../shared/operations/parameterError';
import { readObject } from '../../../shared/sePay/authentication';

interface BankRules {
	needs?: [field: string, displayName: string, wayOut: string];
	anyAmount?: true;
	/** In characters. */
	longestCode?: number;
}

const RULES: Record<string, BankRules> = {
	BIDV: { anyAmount: true },
	Sacombank: {
		needs: ['va_prefix', 'VA Prefix', 'Choose one from the list, or run Get Prefixes.'],
	},
	Vietcombank: {
		needs: ['tid', 'Terminal', 'Choose one from the list, or run Get Terminals.'],
		longestCode: 15,
	},
	VietinBank: {},
};

/** The bank of an account, which never changes; by the path of the account. */
const banks = new Map<string, Promise<string>>();

async function readBankName(context: IExecutePaginationFunctions, url: string) {
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
export async function validateOrder(
	this: IExecutePaginationFunctions,
	body: IDataObject,
	account: string,
): Promise<void> {
	const bank = (await readBankName(this, account)) ?? '';
	const at = `for an account at ${bank}`;
	const { needs, anyAmount, longestCode }: BankRules = RULES[bank] ?? { anyAmount: true };
	if (!anyAmount && body.amount === undefined) {
		const hint = 'This bank accepts only the exact amount of the order.';
		throw parameterError(this, 'Any Amount', `turned off ${at}`, hint);
	}
	if (needs) {
		const [field, displayName, hint] = needs;
		if (!body[field]) throw parameterError(this, displayName, `filled in ${at}`, hint);
	}
	const { order_code: code } = body;
	const pattern = new RegExp(`^[A-Za-z0-9]{6,${longestCode ?? 50}}$`);
	if (code === undefined || pattern.test(String(code))) return;
	const wanted = longestCode
		? `6 to ${longestCode} letters and digits ${at}`
		: '6 to 50 letters and digits';
	throw parameterError(this, 'Order Code', wanted, `It is "${String(code)}".`);
}
