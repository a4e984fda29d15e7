/** A virtual account of an order. */
export interface OrderVa {
	va_number: string;
	va_holder_name: string | null;
	/** VND; null: any amount. */
	amount: number | null;
	paid_amount: number;
	status: 'Unpaid' | 'Paid' | 'Partially' | 'Cancelled';
	/** `YYYY-MM-DD HH:mm:ss`, Vietnam time; null: never. */
	expired_at: string | null;
	paid_at: string | null;
}

export interface Order {
	/** UUID. */
	id: string;
	/** The integer that the other API has for the account. */
	bank_account_id: number;
	order_code: string;
	/** VND; null: any amount. */
	amount: number | null;
	paid_amount: number;
	status: 'Pending' | 'Paid' | 'Partially' | 'Cancelled';
	created_at: string;
	updated_at: string;
	va: OrderVa[];
}

export interface Refund {
	/** UUID. */
	id: string;
	bank_account_id: number;
	order_id: string | null;
	/** The integer that the other API has for the transaction; null: of the order as a whole. */
	transaction_id: number | null;
	/** VND. */
	refund_amount: number;
	status: 'pending' | 'succeeded';
	created_at: string;
	updated_at: string;
}

export interface Terminal {
	bank_account_id: number;
	/** UUID. */
	xid: string;
	tid: string;
	name: string;
	created_at: string;
}

export interface Prefix {
	bank_account_id: number;
	va_prefix: string;
	store_id: string;
	store_name: string;
	status: 'active';
	created_at: string;
}
