import { asSent, asText } from '../../../shared/operations/output';

/** The settings as SePay sent them; empty text is the null that SePay documents for what is not set. */
export const toSettings = asSent({ global_hosted_link_custom_css: asText, logo_url: asText });
