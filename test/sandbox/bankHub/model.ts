/** Ids called xid are UUIDs; times are `YYYY-MM-DD HH:mm:ss`, Vietnam time; amounts are VND. */

export const COMPANY_STATUSES = [
	'Active',
	'Pending',
	'Suspended',
	'Terminated',
	'Cancelled',
	'Fraud',
] as const;

export interface Company {
	/** The number that only the merchant's counter shows. */
	id: number;
	xid: string;
	full_name: string;
	short_name: string | null;
	status: (typeof COMPANY_STATUSES)[number];
	configuration: {
		payment_code: 'on' | 'off';
		payment_code_prefix: string;
		/** Shortest and longest suffix, characters. */
		payment_code_suffix_from: number;
		payment_code_suffix_to: number;
		payment_code_suffix_character_type: 'NumberOnly' | 'NumberAndLetter';
		data_storage_time: string;
		/** How many transactions it may have; IPNs need more than zero. */
		transaction_amount: number | 'Unlimited';
	};
	created_at: string;
	updated_at: string;
}

export interface VirtualAccount {
	xid: string;
	sub_account: string;
	sub_holder_name: string;
	active: boolean;
	created_at: string;
	updated_at: string;
}

export interface BankAccount {
	xid: string;
	company_xid: string;
	brand_name: string;
	account_holder_name: string;
	account_number: string;
	/** Present balance. */
	accumulated: number;
	account_type: 'individual' | 'enterprise';
	bank_api_connected: boolean;
	active: boolean;
	last_transaction: string | null;
	identification_number: string;
	phone_number: string;
	created_at: string;
	updated_at: string;
	va_list: VirtualAccount[];
}

export interface Transaction {
	transaction_id: string;
	transaction_date: string;
	bank_account_xid: string;
	company_xid: string;
	brand_name: string;
	account_number: string;
	/** Number and xid of the virtual account paid into. */
	va: string | null;
	va_xid: string | null;
	reference_number: string;
	transfer_type: 'in' | 'out';
	/** Above zero. */
	amount: number;
	/** Balance of the account afterwards; the API does not show it. */
	accumulated: number;
	transaction_content: string;
	payment_code: string | null;
	/** Whether the IPN was answered with success. */
	webhook_success: boolean;
}

export const EVENTS = [
	'LINK_TOKEN_CREATED',
	'LINK_TOKEN_REVOKED',
	'LINK_TOKEN_EXPIRED',
	'LINK_SESSION_INITIALIZED',
	'LINK_SESSION_REINITIALIZED',
	'LINK_SESSION_STATE_CHANGED',
	'LINK_SESSION_COMPLETED',
	'LINK_SESSION_FAILED',
	'LINK_SESSION_ABANDONED',
	'LINK_SESSION_EXPIRED',
	'BANK_ACCOUNT_LINKED',
	'BANK_ACCOUNT_UNLINKED',
	'BANK_ACCOUNT_INACTIVATED',
] as const;

/** The names that `allow_events` takes. */
export type EventName = (typeof EVENTS)[number];

/** What the merchant's webhook receives. */
export interface LifecycleEvent {
	/** Unix seconds. */
	timestamp: number;
	xid: string;
	version: '1.0';
	/** As in `EVENTS`, but for the inactivated event, whose spelling a variant decides. */
	event: string;
	metadata: Record<string, unknown>;
}

export interface LinkSession {
	xid: string;
	/** `PENDING` at first, then the last state told in an event. */
	state: string;
	status: 'Active' | 'Completed' | 'Failed' | 'Abandoned' | 'Expired';
	finished_at: string | null;
	expires_at: string;
	created_at: string;
	updated_at: string;
}

export interface LinkToken {
	xid: string;
	link_token: string;
	company_xid: string;
	purpose: 'LINK_BANK_ACCOUNT' | 'UNLINK_BANK_ACCOUNT';
	/** The account to unlink. */
	bank_account_xid?: string;
	completion_redirect_uri: string | null;
	is_mobile_app: 0 | 1;
	language: 'vi' | 'en';
	status: 'Active' | 'Revoked' | 'Expired';
	session_count: number;
	sessions: LinkSession[];
	events: LifecycleEvent[];
	created_at: string;
	updated_at: string;
	expires_at: string;
}

/** The lifecycle webhook of the merchant. */
export interface Webhook {
	webhook_url: string;
	auth_type: 'SECRET_KEY' | null;
	secret_key: string | null;
	active: 0 | 1;
	/** `['*']` for all, nothing for none. */
	allow_events: string[] | null;
}

/** Everything the Bank Hub holds; live, tests may change it in place. Lists are oldest first. */
export interface Data {
	companies: Company[];
	bankAccounts: BankAccount[];
	transactions: Transaction[];
	linkTokens: LinkToken[];
	webhook: Webhook | null;
	merchant: {
		transaction_whitelist_remark_keywords: string[];
		global_hosted_link_custom_css: string | null;
		logo_url: string | null;
	};
	/** The file that was uploaded last. */
	logo: Buffer | null;
}
