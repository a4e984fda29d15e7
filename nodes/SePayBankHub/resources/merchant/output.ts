import type { OutputMapper } from '../../../shared/operations/operations';
import { textOrNull } from '../../../shared/values';

/** The settings as SePay sent them; empty text is the null that SePay documents for what is not set. */
export const toSettings: OutputMapper = ({
	global_hosted_link_custom_css,
	logo_url,
	...settings
}) => ({
	...settings,
	global_hosted_link_custom_css: textOrNull(global_hosted_link_custom_css),
	logo_url: textOrNull(logo_url),
});
