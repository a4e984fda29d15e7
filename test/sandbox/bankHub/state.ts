import type { Service } from '../state';
import type { Data } from './model';
import type { Delivery, Notifications } from './notices';
import type { Tokens } from './tokens';
import type { Variants } from './variants';

/** What all parts of the local Bank Hub share; everything may be changed while it runs. */
export interface State extends Service {
	url: string;
	/** Which of the two it plays; production makes no test transactions and wants HTTPS. */
	environment: 'sandbox' | 'production';
	client: {
		id: string;
		secret: string;
		/** A client that is not active gets no token. */
		active: boolean;
	};
	/** Lifetime of the access tokens to come, seconds; on the sandbox clock. */
	ttl: number;
	/** Lifetime of the link tokens to come, milliseconds; on the sandbox clock. */
	linkTokenLifeMs: number;
	data: Data;
	variants: Variants;
	/** Where transactions are told and the key in `Authorization: Apikey`; undefined: nowhere. */
	ipn?: { url: string; apiKey: string };
	/** Every attempt to tell the merchant, in the order in which they ended. */
	deliveries: Delivery[];
	notices: Notifications;
	tokens: Tokens;
}
