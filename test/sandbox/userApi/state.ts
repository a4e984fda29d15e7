import type { Answer } from '../answers';
import type { Order, Prefix, Refund, Terminal } from './model';
import type { Variants } from './variants';

/** What the API for a token adds to the local SePay; everything may be changed while it runs. */
export interface TokenApi {
	/** Base address, up to and with `/v2`. */
	url: string;
	/** Which of the two it plays: SePay takes the tokens made in each in that one alone. */
	environment: 'production' | 'test';
	/** The token of either, 64 letters and digits. */
	tokens: Record<TokenApi['environment'], string>;
	/** The one that it takes. */
	readonly token: string;
	variants: Variants;
	orders: Order[];
	refunds: Refund[];
	terminals: Terminal[];
	prefixes: Prefix[];
	/** What was asked and answered with each idempotency key. */
	answered: Map<string, { request: string; answer: Answer }>;
}
