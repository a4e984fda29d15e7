import type { Transaction, Webhook } from '../model';
import type { Content } from './webhookSender';

/** What a webhook receives about a transaction. */
export interface Payload {
	/** Transaction id; 0 in test sends. */
	id: number;
	gateway: string;
	/** `YYYY-MM-DD HH:mm:ss`, Vietnam time. */
	transactionDate: string;
	accountNumber: string;
	subAccount: string | null;
	code: string | null;
	content: string;
	transferType: 'in' | 'out';
	description: string;
	/** VND, above zero. */
	transferAmount: number;
	/** Balance afterwards, VND. */
	accumulated: number;
	referenceCode: string | null;
}

export function payloadOf(transaction: Transaction): Payload {
	const isIn = transaction.amount_in > 0;
	return {
		id: transaction.id,
		gateway: transaction.bank_brand_name,
		transactionDate: transaction.transaction_date,
		accountNumber: transaction.account_number,
		subAccount: transaction.sub_account,
		code: transaction.code,
		content: transaction.transaction_content,
		transferType: isIn ? 'in' : 'out',
		description: `BankAPINotify ${transaction.transaction_content}`,
		transferAmount: isIn ? transaction.amount_in : transaction.amount_out,
		accumulated: transaction.accumulated,
		referenceCode: transaction.reference_number,
	};
}

/** The bytes of a payload and their content type; forms carry texts, null as an empty one. */
export async function encode(
	payload: Payload,
	type: Webhook['request_content_type'],
): Promise<Content> {
	if (type === 'Json') {
		return {
			bytes: new TextEncoder().encode(JSON.stringify(payload)),
			contentType: 'application/json',
		};
	}
	const form = type === 'multipart_form-data' ? new FormData() : new URLSearchParams();
	for (const [name, value] of Object.entries(payload)) form.append(name, String(value ?? ''));
	const encoded = new Response(form);
	return {
		bytes: new Uint8Array(await encoded.arrayBuffer()),
		contentType: encoded.headers.get('content-type') ?? '',
	};
}
