import type { IDataObject } from 'n8n-workflow';
import { declare } from '../../operations';
import { order } from '../../fields';
import { endOnce, toEnded, type Ending } from './endOnce';

/** Payments that were not approved moved no money. */
const isPayment = ({ transaction_type, transaction_status }: IDataObject) =>
	transaction_type !== 'VOID' && transaction_status === 'APPROVED';

// Settlement is left to SePay: its documents differ on Fridays and name no public holidays.
const voiding: Ending = {
	path: '/v1/order/voidTransaction',
	done: 'voided',
	wanted: 'paid by card and not voided',
	rules:
		'SePay voids only card payments of paid orders (CAPTURED) that are not settled yet. Payments made before 16:00 settle on the next working day; later ones settle one working day after that.',
	rejectionReason: (status, transactions) => {
		if (transactions.some(({ transaction_type }) => transaction_type === 'VOID')) {
			return 'It is already voided. Nothing was sent.';
		}
		if (status !== 'CAPTURED') return 'There is no payment to void.';
		const methods = transactions.filter(isPayment).map(({ payment_method }) => payment_method);
		return methods.length === 0 || methods.includes('CARD')
			? undefined
			: `It was paid by ${methods.join(', ')}. Refund the buyer yourself.`;
	},
};

export const voidTransaction = declare(
	{
		value: 'voidTransaction',
		action: 'Void a card transaction',
		description: 'Return a card payment to the buyer before it is settled. This cannot be undone.',
		main: [order],
	},
	{ method: 'POST', url: voiding.path },
	async function () {
		return [await endOnce.call(this, voiding)];
	},
	toEnded(voiding),
);
