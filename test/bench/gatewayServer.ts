import { startPaymentGateway } from '../sandbox/paymentGateway';

/** A local payment gateway with one order in a process of its own, as `server.ts` has a SePay. */
void startPaymentGateway().then((gateway) => {
	const { order_id } = gateway.addOrder();
	process.send!({ url: gateway.url, merchant: gateway.merchant, orderId: order_id });
	process.once('disconnect', () => void gateway.close());
});
