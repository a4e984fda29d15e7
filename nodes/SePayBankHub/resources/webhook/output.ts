import { simplifyWith } from '../../../shared/operations/operations';
import {
	always,
	asBoolean,
	asText,
	asTexts,
	from,
	outputOf,
} from '../../../shared/operations/output';

/** The webhook as the Simplify parameter wants it. */
export const toWebhook = simplifyWith(
	outputOf({
		configured: always(true),
		url: from('webhook_url', asText),
		active: from('active', asBoolean),
		events: from('allow_events', asTexts),
		authentication: from('auth_type', asText),
		secretKey: from('secret_key', asText),
	}),
);
