import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { readObject, sePay } from '../../../shared/sePay/oAuth2Api';
import { unexpectedBodyError } from '../../../shared/transport/errors';
import { convertFields } from '../../../shared/values';
import { withFallbackPath } from '../../operations';

/** A payment code format with numbers as numbers and its flag as a boolean. */
export const convertFormat = (format: IDataObject) =>
	convertFields(format, { numbers: ['suffix_from', 'suffix_to'], flags: ['is_active'] });

/**
 * Calls with the declared path, and with `/companies` in it when SePay knows none at `/company`:
 * SePay's overview and its reference differ in the name.
 */
export const withCompanyFallbackPath = <T>(
	request: IHttpRequestOptions,
	call: (request: IHttpRequestOptions) => Promise<T>,
) => withFallbackPath(request, request.url.replace('/company', '/companies'), call);

/** The company with its payment code formats, typed. */
export async function readCompany(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
): Promise<IDataObject> {
	const company = await withCompanyFallbackPath(
		{ ...request, method: 'GET', url: '/company', body: undefined },
		async (read) => await readObject.call(this, read),
	);
	const configurations = company.configurations as IDataObject | undefined;
	if (!configurations) return convertFields(company, { numbers: ['id'], flags: [] });
	const formats = configurations.payment_code_formats;
	return {
		...convertFields(company, { numbers: ['id'], flags: [] }),
		configurations: {
			...convertFields(configurations, { numbers: [], flags: ['bank_sub_account', 'paycode'] }),
			...(Array.isArray(formats) && {
				payment_code_formats: (formats as IDataObject[]).map(convertFormat),
			}),
		},
	};
}

/**
 * The payment code formats of a company.
 *
 * @throws NodeApiError when SePay does not tell them; to write back without them would lose them
 */
export function paymentCodeFormatsOf(
	context: IAllExecuteFunctions,
	request: IHttpRequestOptions,
	{ configurations }: IDataObject,
): IDataObject[] {
	const formats = (configurations as IDataObject | undefined)?.payment_code_formats;
	if (Array.isArray(formats)) return formats as IDataObject[];
	const read = { ...request, method: 'GET' as const };
	throw unexpectedBodyError(
		{ node: context.getNode(), service: sePay, request: read },
		'the payment code formats of the company',
		undefined,
	);
}
