import { declare } from '../../operations';
import { order } from '../../fields';
import { endOnce, toEnded, type Ending } from './endOnce';

const cancelling: Ending = {
	path: '/v1/order/cancel',
	done: 'cancelled',
	wanted: 'waiting for payment',
	rules:
		'SePay cancels only orders by bank transfer or NAPAS QR that are neither paid (CAPTURED) nor cancelled.',
	rejectionReason: (status) => {
		if (status === 'CANCELLED') return 'It is already cancelled. Nothing was sent.';
		return status === 'CAPTURED'
			? 'It is paid. Use Void Transaction for a card payment that is not settled yet. Otherwise, refund the buyer yourself.'
			: undefined;
	},
};

export const cancel = declare(
	{
		value: 'cancel',
		action: 'Cancel an order',
		description: 'Cancel an unpaid order permanently. For orders by bank transfer or NAPAS QR.',
		main: [order],
	},
	{ method: 'POST', url: cancelling.path },
	async function () {
		return [await endOnce.call(this, cancelling)];
	},
	toEnded(cancelling),
);
