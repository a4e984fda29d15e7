import { CLIENT_HINT, clientTokens } from '../transport/clientToken';
import { createReaders, type EnvelopeFormat } from '../transport/responseFormat';
import { baseUrlAmong, type Service } from '../transport/service';
import { isObject } from '../values';

export const HOSTS: Record<string, string> = {
	production: 'https://einvoice-api.sepay.vn',
	sandbox: 'https://einvoice-api-sandbox.sepay.vn',
};

const QUOTA =
	'No invoice was created, because the quota of your plan is used up. Buy more invoices at my.sepay.vn, then run this again. Drafts do not count.';
const REGISTRATION =
	'Complete the e-invoice registration at my.sepay.vn, and wait until the tax authority has approved it.';

/** What to do, by `error.code` of a refusal or `error_code` of a job (reference: "xu-ly-loi"). */
const HINTS: Record<string, string> = {
	EINVOICE_DOCUMENT_EXISTED:
		'An invoice with this reference code exists, or its job is in progress. Check with Get. For another sale, use another reference code.',
	QUOTA_EXCEEDED: QUOTA,
	QUOTA_HAS_BEEN_USERD_UP: QUOTA,
	REGISTRATION_NOT_TAX_APPROVED: REGISTRATION,
	REGISTRATION_NOT_COMPLETE: REGISTRATION,
	INVOICE_DATE_BEFORE_TAX_APPROVAL:
		'Issued Date must not be before the day when the tax authority approved the provider account. Provider Account: Get returns that day as taxAuthorityApprovedDate.',
	BILLING_IS_UNPAID: "Pay your company's open bill at my.sepay.vn.",
	INVALID_CONFIG:
		'Choose an active Provider Account and Template. Provider Account: Get returns them. The series may have been closed.',
	PERMISSION_DENIED: 'Ask SePay to allow this for the client ID in the credential.',
};

/** What to do about an error code; undefined for one that is not known. */
export const hintFor = (code: unknown): string | undefined => HINTS[String(code)];

/** SePay's API for electronic invoices. */
export const eInvoice: Service = {
	name: 'SePay eInvoice',
	credentialType: 'sePayEInvoiceApi',
	baseUrl: baseUrlAmong(HOSTS),
	// No document names a limit of eInvoice: the one that SePay names for its other API.
	rateLimit: { calls: 3, perMs: 1040 },
	authenticationHint: CLIENT_HINT,
	errorHint: ({ error }) => hintFor(Object(error).code),
};

export const { renewToken, authorization } = clientTokens(eInvoice, HOSTS, ({ data }) =>
	isObject(data) ? data.access_token : undefined,
);

/** The sites that keep the files of invoices; they get no token. */
export const invoiceFiles: Service = {
	...eInvoice,
	name: 'The invoice file site',
	authenticationFor: () => ({}),
};

const format: EnvelopeFormat = {
	service: eInvoice,
	isError: ({ success }) => success === false,
	listIn: ({ data }) => (isObject(data) ? { data: data.items, meta: data.paging } : {}),
};

export const { call: callEInvoice, readObject, pageReader } = createReaders(format);
