import type { IDataObject } from 'n8n-workflow';
import { simplifyWith } from '../../../shared/operations/operations';
import { convertFields, textOrNull, toVietnamTime } from '../../../shared/values';

/** The bank account as the Simplify parameter wants it: identity number and phone are left out. */
export const toBankAccount = simplifyWith((row) => {
	const { accumulated, active, bank_api_connected } = convertFields(row, {
		numbers: ['accumulated'],
		flags: ['active', 'bank_api_connected'],
	});
	return {
		xid: row.xid,
		companyXid: textOrNull(row.company_xid),
		bank: textOrNull(row.brand_name),
		accountNumber: textOrNull(row.account_number),
		accountHolder: textOrNull(row.account_holder_name),
		...('account_type' in row && { accountType: textOrNull(row.account_type) }),
		balance: accumulated,
		connected: bank_api_connected,
		active,
		lastTransaction: toVietnamTime(row.last_transaction),
		createdAt: toVietnamTime(row.created_at),
		updatedAt: toVietnamTime(row.updated_at),
		...(Array.isArray(row.va_list) && {
			virtualAccounts: (row.va_list as IDataObject[]).map(simplifyVirtualAccount),
		}),
	};
});

function simplifyVirtualAccount(row: IDataObject): IDataObject {
	const { active } = convertFields(row, { numbers: [], flags: ['active'] });
	return {
		xid: row.xid,
		accountNumber: textOrNull(row.sub_account),
		accountHolder: textOrNull(row.sub_holder_name),
		active,
		createdAt: toVietnamTime(row.created_at),
		updatedAt: toVietnamTime(row.updated_at),
	};
}
