import { textOrNull, typed } from '../../../shared/values';
import { simplifiedBy } from '../../exchanges';

/** The webhook as the Simplify parameter wants it. */
export const toWebhook = simplifiedBy((row) => {
	const { active } = typed(row, { numbers: [], flags: ['active'] });
	return {
		configured: true,
		url: textOrNull(row.webhook_url),
		active,
		events: row.allow_events || [],
		authentication: textOrNull(row.auth_type),
		secretKey: textOrNull(row.secret_key),
	};
});
