import { createReaders } from '../transport/responseFormat';
import type { Service } from '../transport/service';
import { envelopeFormat, sePay } from './oAuth2Api';

const ERROR_HINTS: Record<string, string> = {
	already_refunded:
		'The full amount has already been refunded or is being refunded, so nothing was paid now. Check with Refund: Get Many.',
	idempotency_key_reused:
		'A refund with this Idempotency Key was already sent, so nothing was paid now. Check with Refund: Get Many. For an additional refund, use a different key.',
	invalid_state:
		'The order or virtual account is already paid or cancelled, so this is no longer possible. Check with Order: Get.',
	not_available:
		'Only money that was received can be refunded. The order must be Paid or Partially, or the transaction must be an incoming transfer.',
	refund_amount:
		'A refund can be up to the amount received, minus all earlier refunds and refunds in progress. Nothing was paid now.',
	unsupported_bank:
		'SePay supports orders at BIDV, Sacombank, Vietcombank and VietinBank, prefixes at Sacombank, terminals at Vietcombank and refunds at VietinBank. Some are limited to certain customer types.',
};

/** SePay's API (v2) for those who hold an API token of a company; it needs no scopes. */
export const sePayToken: Service = {
	...sePay,
	credentialType: 'sePayTokenApi',
	authenticationHint:
		'Check API Token and Environment in the credential. A token has 64 letters and digits. Tokens created in Test Mode work only in the Test Mode environment; all others work only in Production.',
	permissionHint: undefined,
	errorHint: ({ error_code, errors }) =>
		[String(error_code), ...Object.keys(Object(errors))]
			.map((name) => ERROR_HINTS[name])
			.find(Boolean),
};

const format = { ...envelopeFormat, service: sePayToken, pageSizeParameter: 'per_page' };

export const { call: callSePayToken, readObject, pageReader } = createReaders(format);
