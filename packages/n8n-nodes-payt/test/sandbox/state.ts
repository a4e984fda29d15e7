import type { ExpiringMap } from '../../../../test/sandbox/expiring';
import type { Service } from '../../../../test/sandbox/state';
import type { Data } from './model';
import type { Tokens } from './tokens';
import type { Variants } from './variants';
import type { Delivery, Webhook } from './webhooks';

/** An application as its form in Payt describes it. */
export interface Client {
	id: string;
	secret: string;
	/** Cannot be changed in a real application. */
	grantType: 'authorization_code' | 'client_credentials';
	scopes: string[];
	/** The registered redirect URL; undefined: any loopback address. */
	redirectUrl?: string;
	/** Addresses that may call; none means all. */
	ipAllowList: string[];
}

/** What all parts of the local Payt share; everything may be changed while it runs. */
export interface State extends Service {
	url: string;
	client: Client;
	/** The address that calls seem to come from. */
	callerAddress: string;
	data: Data;
	variants: Variants;
	/** `remembered`: the user agreed before, so authorizing redirects at once. */
	consent: 'ask' | 'remembered';
	/** Made by hand in Payt's settings; undefined: there is none. */
	webhook?: Webhook;
	/** Every attempt to bring an event, in the order in which they ended. */
	deliveries: Delivery[];
	tokens: Tokens;
	/** Keys of announced files by the last part of their address. */
	uploads: ExpiringMap<string>;
}
