/** Times are `YYYY-MM-DD HH:mm:ss`, Vietnam time; amounts are whole VND. */

export const PAYMENT_METHODS = ['BANK_TRANSFER', 'NAPAS_BANK_TRANSFER', 'CARD'] as const;

export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export interface Card {
	/** Masked. */
	card_number: string;
	card_holder_name: string;
	card_expiry: string;
	card_funding_method: 'CREDIT' | 'DEBIT';
	card_brand: string;
}

export interface Transaction {
	id: number;
	/** The ID that the payment network gave it. */
	transaction_id: string;
	payment_method: PaymentMethod;
	transaction_type: 'PAYMENT' | 'VOID';
	transaction_status: 'APPROVED' | 'DECLINED';
	transaction_amount: number;
	transaction_date: string;
	card: Card | null;
}

export interface Order {
	id: number;
	order_id: string;
	order_invoice_number: string;
	/** Paid, cancelled, waiting for payment, or voided where a variant says so. */
	order_status: 'CAPTURED' | 'CANCELLED' | 'AUTHENTICATION_NOT_NEEDED' | 'VOIDED';
	order_amount: number;
	order_description: string;
	customer_id: string | null;
	custom_data: string | null;
	/** The method that the form asked for; null when the buyer chooses. */
	payment_method: PaymentMethod | null;
	success_url: string | null;
	error_url: string | null;
	cancel_url: string | null;
	created_at: string;
	updated_at: string;
	/** Oldest first. */
	transactions: Transaction[];
}

export type NotificationType = 'ORDER_PAID' | 'RENEWAL_ORDER_PAID' | 'TRANSACTION_VOID';
