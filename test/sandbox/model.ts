export interface Bank {
	short_name: string;
	full_name: string;
	code: string;
	bin: string;
	icon_url: string;
	logo_url: string;
	brand_name: string;
}

export interface BankAccount {
	id: number;
	label: string | null;
	account_holder_name: string;
	account_number: string;
	/** Present balance, VND. */
	accumulated: number;
	active: boolean;
	created_at: string;
	bank: Bank;
}

export interface SubAccount {
	id: number;
	bank_account_id: number;
	account_number: string;
	account_holder_name: string | null;
	label: string | null;
	active: boolean;
	created_at: string;
}

export interface Transaction {
	id: number;
	bank_account_id: number;
	bank_brand_name: string;
	account_number: string;
	/** `YYYY-MM-DD HH:mm:ss`, Vietnam time. */
	transaction_date: string;
	/** VND; exactly one of the two amounts is above zero. */
	amount_out: number;
	amount_in: number;
	/** Balance after the transaction, VND. */
	accumulated: number;
	transaction_content: string;
	reference_number: string | null;
	/** Payment code found in the memo. */
	code: string | null;
	/** Number of the virtual account paid into. */
	sub_account: string | null;
}

export interface Webhook {
	id: number;
	/** 0 unless `bank_mode` is `single`. */
	bank_account_id: number;
	bank_account_ids: number[];
	bank_sub_account_ids: number[];
	bank_mode: 'single' | 'multi' | 'all';
	name: string;
	event_type: 'All' | 'In_only' | 'Out_only';
	authen_type: 'No_Authen' | 'Api_Key' | 'HMAC_SHA256' | 'OAuth2.0';
	request_content_type: 'Json' | 'multipart_form-data' | 'application_x-www-form-urlencoded';
	webhook_url: string;
	is_verify_payment: boolean;
	skip_if_no_code: boolean;
	prefix_filters: string[];
	retry_conditions: { non_2xx_status_code: number };
	only_va: boolean;
	va_mode: 'all' | 'list' | 'none';
	alert_threshold: number;
	alert_event_types: string[];
	alert_channel_ids: number[];
	active: boolean;
	created_at: string;
	api_key?: string;
	secret_key?: string;
	oauth2_access_token_url?: string;
	oauth2_client_id?: string;
	oauth2_client_secret?: string;
}

export interface PaymentCodeFormat {
	prefix: string;
	/** Shortest and longest suffix, characters. */
	suffix_from: number;
	suffix_to: number;
	character_type: 'NumberOnly' | 'NumberAndLetter';
	is_active: boolean;
}

export interface Company {
	id: number;
	full_name: string;
	short_name: string;
	status: string;
	subscription: string;
	begin_date: string;
	end_date: string;
	configurations: {
		bank_sub_account: boolean;
		paycode: boolean;
		/** Days. */
		data_storage_time: string;
		payment_code_formats: PaymentCodeFormat[];
	};
}

export const RIGHTS = [
	'view account list',
	'view account details',
	'view transaction list',
	'view webhook list',
	'add webhooks',
	'edit webhooks',
	'delete webhooks',
] as const;

export type Right = (typeof RIGHTS)[number];

export interface User {
	id: number;
	first_name: string;
	last_name: string;
	email: string;
	phone: string;
	avatar: string;
	role: 'SuperAdmin' | 'Admin' | 'User';
	rights: Right[];
}

/** Everything that the sandbox holds; live, tests may change it in place. */
export interface Data {
	bankAccounts: BankAccount[];
	subAccounts: SubAccount[];
	/** In the order of their ids. */
	transactions: Transaction[];
	webhooks: Webhook[];
	users: User[];
	company: Company;
}
