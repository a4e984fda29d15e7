import { simplifyWith } from '../../../shared/operations/operations';
import {
	asBoolean,
	asList,
	asNumber,
	asSentText,
	asText,
	asTime,
	from,
	orNull,
	outputOf,
} from '../../../shared/operations/output';

const virtualAccount = outputOf({
	xid: from('xid', asSentText),
	accountNumber: from('sub_account', asText),
	accountHolder: from('sub_holder_name', asText),
	active: from('active', asBoolean),
	createdAt: from('created_at', asTime),
	updatedAt: from('updated_at', asTime),
});

const columns = {
	xid: from('xid', asSentText),
	companyXid: from('company_xid', asText),
	bank: from('brand_name', asText),
	accountNumber: from('account_number', asText),
	accountHolder: from('account_holder_name', asText),
	balance: from('accumulated', orNull(asNumber)),
	connected: from('bank_api_connected', asBoolean),
	active: from('active', asBoolean),
	lastTransaction: from('last_transaction', asTime),
	createdAt: from('created_at', asTime),
	updatedAt: from('updated_at', asTime),
};

/** The bank account as the Simplify parameter wants it: identity number and phone are left out. */
export const toBankAccount = simplifyWith(
	outputOf({ ...columns, virtualAccounts: from('va_list', asList(virtualAccount)) }),
);

/** The same of a list, which tells the type of the account. */
export const toListedBankAccount = simplifyWith(
	outputOf({ ...columns, accountType: from('account_type', asText) }),
);
