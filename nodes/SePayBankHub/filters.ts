import type {
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { omitEmptyFilters, type RequestHook } from '../shared/operations/operations';
import { parseDate } from '../shared/operations/parameterParsers';
import { bankAccount, company, parseXid } from './parameters';

/** Narrows a list to one company. */
export const companyFilter = (description: string): INodeProperties => ({
	...company(description),
	routing: { send: { type: 'query', property: 'company_xid' } },
});

/** Narrows a list to one bank account. */
export const bankAccountFilter = (description: string): INodeProperties => ({
	...bankAccount(description),
	routing: { send: { type: 'query', property: 'bank_account_xid' } },
});

/** Checks the IDs among the filters; empty filters go. */
export const parseXidFilters: RequestHook = function (request) {
	omitEmptyFilters(request);
	const qs = request.qs!;
	if ('company_xid' in qs) qs.company_xid = parseXid(this, 'Company', qs.company_xid);
	if ('bank_account_xid' in qs) {
		qs.bank_account_xid = parseXid(this, 'Bank Account', qs.bank_account_xid);
	}
};

/** Brings the days among the filters into SePay's form, by property and label; empty filters go. */
export function parseDateFilters(
	this: IExecutePaginationFunctions,
	request: IHttpRequestOptions,
	days: Record<string, string>,
): void {
	omitEmptyFilters(request);
	const qs = request.qs!;
	for (const [property, displayName] of Object.entries(days)) {
		if (property in qs) qs[property] = parseDate(this, displayName, qs[property]);
	}
}
