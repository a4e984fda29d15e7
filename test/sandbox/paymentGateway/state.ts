import type { Service } from '../state';
import type { Delivery, Notifications } from './notifications';
import type { Order } from './model';
import type { Variants } from './variants';

/** What all parts of the local payment gateway share; everything may be changed while it runs. */
export interface State extends Service {
	url: string;
	merchant: { id: string; secretKey: string };
	variants: Variants;
	/** Oldest first. */
	orders: Order[];
	/** Where IPNs go, and their `X-Secret-Key`; without a key there is no such header. */
	ipn?: { url: string; secretKey?: string };
	/** Every attempt to send an IPN, in the order in which they ended. */
	deliveries: Delivery[];
	notifications: Notifications;
}
