import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { asBoolean, asInteger, asList, asObject, asSent } from '../../../shared/operations/output';
import { readObject, sePay } from '../../../shared/sePay/oAuth2Api';
import { unexpectedBodyError } from '../../../shared/transport/errors';
import { fieldsOf } from '../../../shared/values';
import { withFallbackPath } from '../../operations';

/** A payment code format with numbers as numbers and its flag as a boolean. */
export const convertFormat = asSent({
	suffix_from: asInteger,
	suffix_to: asInteger,
	is_active: asBoolean,
});

/** The company with its payment code formats, typed. */
export const toCompany = asSent({
	id: asInteger,
	configurations: asObject(
		asSent({
			bank_sub_account: asBoolean,
			paycode: asBoolean,
			payment_code_formats: asList(convertFormat),
		}),
	),
});

/** SePay's overview and its reference differ in the name. */
export const withCompanyFallbackPath = withFallbackPath('/company', '/companies');

/** The company as SePay sends it. */
export async function readCompany(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
): Promise<IDataObject> {
	return await withCompanyFallbackPath(
		{ ...request, method: 'GET', url: '/company', body: undefined },
		async (read) => await readObject.call(this, read),
	);
}

/** The payment code formats of a company. @throws NodeApiError without them: written back, they would be lost */
export function paymentCodeFormatsOf(
	context: IAllExecuteFunctions,
	request: IHttpRequestOptions,
	{ configurations }: IDataObject,
): IDataObject[] {
	const formats = fieldsOf(configurations).payment_code_formats;
	if (Array.isArray(formats)) return formats as IDataObject[];
	const read = { ...request, method: 'GET' as const };
	throw unexpectedBodyError(
		{ node: context.getNode(), service: sePay, request: read },
		'the payment code formats of the company',
		undefined,
	);
}
