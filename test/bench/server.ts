import { startPayt } from '../../packages/n8n-nodes-payt/test/sandbox';
import { startSandbox } from '../sandbox';
import { startEInvoice } from '../sandbox/eInvoice';
import { startPaymentGateway } from '../sandbox/paymentGateway';

/** How each service starts, and what a node needs to know of it. */
const services = {
	async sePay(options: object) {
		const sandbox = await startSandbox(options);
		const { url, client } = sandbox;
		return { service: sandbox, told: { url, client, token: sandbox.issueToken() } };
	},
	async paymentGateway() {
		const service = await startPaymentGateway();
		const { order_id } = service.addOrder();
		return { service, told: { url: service.url, client: service.merchant, id: order_id } };
	},
	async eInvoice() {
		const service = await startEInvoice();
		const { reference_code } = service.addInvoice();
		const [{ id }] = service.data.accounts;
		const told = { url: service.url, client: service.client, id: reference_code, account: id };
		return { service, told };
	},
	async payt() {
		const service = await startPayt({ rateLimit: false });
		const [{ id }] = service.data.administrations;
		const told = { url: service.url, client: service.client, token: service.issueToken(), id };
		return { service, told };
	},
};

export type ServiceName = keyof typeof services;

/**
 * A local service in a process of its own, so that its cost is not taken for the node's. Takes its
 * name and, as JSON, its options as arguments, says where it is, and answers each message with the
 * status of every call that it got.
 */
async function main(): Promise<void> {
	const [name, options] = process.argv.slice(2);
	const { service, told } = await services[name as ServiceName](JSON.parse(options) as object);
	process.send!(told);
	process.on('message', () => process.send!(service.requests.map(({ status }) => status)));
	process.once('disconnect', () => void service.close());
}

void main();
