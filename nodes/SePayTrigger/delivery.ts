import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { startOf } from '../shared/once';
import { fieldsOf, rawBodyOf, receivedOnly, refuse, starting } from '../shared/receiving';
import { doubtAbout } from '../shared/verification';
import { doubtByCredential } from '../shared/webhookCredential';
import { isRepeat } from './deduplication';
import { outputOf, passesFilters, paymentIn } from './payload';
import { proofFor } from './registration';

/**
 * Takes one delivery. Never throws: n8n would start the workflow with the error. What cannot be
 * believed gets 401, what is no payment 400; everything else 201 with `{"success": true}`, whether
 * it starts the workflow, is a repeat or is left out by the filters.
 */
export async function takeDelivery(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const say = (what: string) =>
		this.logger.warn(`SePay Trigger did not take a delivery: ${what}`, {
			workflowId: this.getWorkflow().id,
			nodeName: this.getNode().name,
		});
	try {
		const body = await rawBodyOf.call(this);
		if (!body) {
			say('its body is too large or broke off');
			return refuse(this, 413, 'The body is too large or incomplete');
		}
		const headers = this.getHeaderData();
		const doubt =
			this.getNodeParameter('setUp') === 'byHand'
				? await doubtByCredential.call(this, headers, body)
				: doubtAbout(proofFor(this), headers, body, Date.now());
		if (doubt) {
			say(doubt);
			return refuse(this, 401, 'Not authenticated');
		}
		const fields = await fieldsOf(body, String(headers['content-type'] ?? ''));
		const payment = fields ? paymentIn(fields) : 'the body holds no fields';
		if (typeof payment === 'string') {
			say(payment);
			return refuse(this, 400, `This is no transaction of SePay: ${payment}`);
		}
		if (!passesFilters.call(this, payment) || isRepeat(this, payment.id)) return receivedOnly();
		return starting(startOf(outputOf.call(this, payment)));
	} catch (error) {
		// SePay repeats what is answered like this.
		say(error.message);
		return refuse(this, 500, 'The delivery could not be read; send it again');
	}
}
