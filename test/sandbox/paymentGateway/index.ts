import { randomBytes } from 'node:crypto';
import { logAndLimit } from '../endpoint';
import { RateLimitWindow } from '../limits';
import { startServer, type Server, type ServerOptions } from '../server';
import type { RateLimit } from '../state';
import { errorAnswer } from './answers';
import { orderRoutes } from './api';
import { checkoutRoutes } from './checkoutPage';
import type { NotificationType, Order, PaymentMethod } from './model';
import { Notifications, type Delivery } from './notifications';
import { createOrder, pay } from './orders';
import type { State } from './state';
import { defaultVariants, type Variants } from './variants';

export type * from './model';
export { PAYMENT_METHODS } from './model';
export type { Delivery } from './notifications';
export { signatureOf } from './signature';
export { defaultVariants, type Variants } from './variants';

export interface PaymentGatewayOptions extends ServerOptions {
	/** Default none, as no document names one. */
	rateLimit?: RateLimit;
	variants?: Partial<Variants>;
}

/** A running payment gateway; its `url` stands for `https://pgapi.sepay.vn` and `https://pay.sepay.vn`. */
export interface PaymentGateway extends State, Server {
	/** Adds an order that waits for payment, without a form. */
	addOrder(order?: Partial<Order>): Order;
	/** Pays an order as a buyer does on its page; an IPN follows. */
	pay(order: Order, method?: PaymentMethod): void;
	/** Sends an IPN about the latest transaction of an order, whatever its status. */
	notify(type: NotificationType, order: Order): Promise<void>;
	/** Sends once more what was sent before. */
	sendAgain(delivery: Delivery): Promise<Delivery>;
}

/**
 * Starts a local stand-in for SePay's payment gateway on 127.0.0.1: the form, the page where a buyer
 * pays, the API of orders, and IPNs. It behaves as SePay's documents say; where they disagree or are
 * silent, `variants` decides.
 */
export async function startPaymentGateway(
	options: PaymentGatewayOptions = {},
): Promise<PaymentGateway> {
	const { app, faults, base } = await startServer(options, () => notifications.idle());
	const gateway: PaymentGateway = {
		...base,
		merchant: {
			id: `SP-TEST-${randomBytes(4).toString('hex').toUpperCase()}`,
			secretKey: `spsk_test_${randomBytes(16).toString('hex')}`,
		},
		variants: { ...defaultVariants, ...options.variants },
		orders: [],
		rateLimit: options.rateLimit ?? false,
		isApi: (path) => path.startsWith('/v1/order'),
		refused: (apiError, request) => errorAnswer(apiError, request, gateway.variants),
		deliveryTimeoutMs: 8_000,
		deliveries: [],
		get notifications() {
			return notifications;
		},
		addOrder: (order = {}) => createOrder(gateway, order),
		pay: (order, method) => pay(gateway, order, method),
		notify: (type, order) => notifications.send(type, order, order.transactions.at(-1)!),
		sendAgain: (delivery) => notifications.again(delivery),
		idle: () => notifications.idle(),
	};
	const notifications = new Notifications(gateway);
	app.use(logAndLimit(gateway, faults, new RateLimitWindow()));
	app.use('/v1/checkout', checkoutRoutes(gateway));
	app.use('/v1/order', orderRoutes(gateway));
	return gateway;
}
