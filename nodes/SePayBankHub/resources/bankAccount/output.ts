import type { IDataObject } from 'n8n-workflow';
import { textOrNull, typed, vietnamTime } from '../../../shared/values';
import { simplifiedBy } from '../../exchanges';

/** The bank account as the Simplify parameter wants it: identity number and phone are left out. */
export const toBankAccount = simplifiedBy((row) => {
	const { accumulated, active, bank_api_connected } = typed(row, {
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
		lastTransaction: vietnamTime(row.last_transaction),
		createdAt: vietnamTime(row.created_at),
		updatedAt: vietnamTime(row.updated_at),
		...(Array.isArray(row.va_list) && {
			virtualAccounts: (row.va_list as IDataObject[]).map(simpleVirtualAccount),
		}),
	};
});

function simpleVirtualAccount(row: IDataObject): IDataObject {
	const { active } = typed(row, { numbers: [], flags: ['active'] });
	return {
		xid: row.xid,
		accountNumber: textOrNull(row.sub_account),
		accountHolder: textOrNull(row.sub_holder_name),
		active,
		createdAt: vietnamTime(row.created_at),
		updatedAt: vietnamTime(row.updated_at),
	};
}
