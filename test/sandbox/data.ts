import { bankAccounts, subAccounts } from './accounts';
import { vietnamTime } from './clock';
import { RIGHTS, type Company, type Data, type User } from './model';
import { seedTransactions } from './transactions';

/** An Admin with every right, and a user who may look at lists only. */
function createUsers(): User[] {
	const avatar = 'https://www.gravatar.com/avatar/00000000000000000000000000000000';
	return [
		{
			id: 1234,
			first_name: 'Lan',
			last_name: 'Nguyễn Thị',
			email: 'lan@hoasen.example',
			phone: '0901234567',
			avatar,
			role: 'Admin',
			rights: [...RIGHTS],
		},
		{
			id: 1235,
			first_name: 'Khôi',
			last_name: 'Bùi Đình',
			email: 'khoi@hoasen.example',
			phone: '0907654321',
			avatar,
			role: 'User',
			rights: ['view account list', 'view transaction list', 'view webhook list'],
		},
	];
}

function createCompany(now: number): Company {
	return {
		id: 123,
		full_name: 'Công ty TNHH Hoa Sen Việt',
		short_name: 'Hoa Sen Việt',
		status: 'active',
		subscription: 'Premium',
		begin_date: '2023-01-01',
		end_date: vietnamTime(now + 180 * 86_400_000).slice(0, 10),
		configurations: {
			bank_sub_account: true,
			paycode: true,
			data_storage_time: '90',
			payment_code_formats: [
				{
					prefix: 'DH',
					suffix_from: 6,
					suffix_to: 8,
					character_type: 'NumberOnly',
					is_active: true,
				},
				{
					prefix: 'HOC',
					suffix_from: 3,
					suffix_to: 10,
					character_type: 'NumberAndLetter',
					is_active: true,
				},
				{
					prefix: 'TT',
					suffix_from: 3,
					suffix_to: 3,
					character_type: 'NumberOnly',
					is_active: false,
				},
			],
		},
	};
}

/** The seeded company with its accounts, `count` transactions before `now` (epoch ms), no webhooks. */
export function createData(count: number, seed: number, now: number): Data {
	const data: Data = {
		bankAccounts: bankAccounts(),
		subAccounts: subAccounts(),
		transactions: [],
		webhooks: [],
		users: createUsers(),
		company: createCompany(now),
	};
	seedTransactions(data, count, seed, now);
	return data;
}
