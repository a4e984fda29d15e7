import { simplifyWith } from '../../../shared/operations/operations';
import { convertFields, textOrNull } from '../../../shared/values';

/** The webhook as the Simplify parameter wants it. */
export const toWebhook = simplifyWith((row) => {
	const { active } = convertFields(row, { numbers: [], flags: ['active'] });
	return {
		configured: true,
		url: textOrNull(row.webhook_url),
		active,
		events: row.allow_events || [],
		authentication: textOrNull(row.auth_type),
		secretKey: textOrNull(row.secret_key),
	};
});
