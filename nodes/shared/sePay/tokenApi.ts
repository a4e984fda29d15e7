import { createReaders } from '../transport/responseFormat';
import type { Service } from '../transport/service';
import { envelopeFormat, sePay } from './oAuth2Api';

/** What to do about a refusal, by its `error_code` or by the field that it names. */
const ERROR_HINTS: Record<string, string> = {
	already_refunded:
		'All that was received has been sent back, refunds under way included: nothing was paid now. Look with Refund: Get Many.',
	idempotency_key_reused:
		'A refund with this Idempotency Key was sent before: nothing was paid now. Look with Refund: Get Many; give a key of its own to a refund that is meant to come on top.',
	invalid_state:
		'What it is about has been paid, or cancelled, and allows this no more. Look with Order: Get.',
	not_available:
		'Only what was received can be sent back: of an order that is Paid or Partially, or of a transaction that brought money.',
	refund_amount:
		'At most what was received can be sent back, less all refunds so far, those under way included: nothing was paid now.',
	unsupported_bank:
		'SePay has orders at BIDV, Sacombank, Vietcombank and VietinBank, prefixes at Sacombank, terminals at Vietcombank and refunds at VietinBank, and there for some kinds of customers.',
};

/** SePay's API (v2) for those who hold an API token of a company; it needs no scopes. */
export const sePayToken: Service = {
	...sePay,
	credentialType: 'sePayTokenApi',
	authenticationHint:
		'Check API Token and Environment in the credential. A token has 64 letters and digits; one made in Test Mode works in the Environment Test Mode only, any other not there.',
	permissionHint: () => undefined,
	errorHint: ({ error_code, errors }) =>
		[String(error_code), ...Object.keys(Object(errors))]
			.map((name) => ERROR_HINTS[name])
			.find(Boolean),
};

export const {
	call: callSePayToken,
	readObject,
	pageReader,
} = createReaders({ ...envelopeFormat, service: sePayToken, pageSizeParameter: 'per_page' });
