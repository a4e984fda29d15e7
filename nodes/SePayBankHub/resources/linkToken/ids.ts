import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { isObject } from '../../../shared/envelopes';
import { xidFrom } from '../../parameters';

/** The link token in the parameter: itself, the address of its page, or the output of an operation. */
export function linkTokenFrom(context: IExecutePaginationFunctions): string {
	const given = context.getNodeParameter('linkToken', '') as unknown;
	const value = isObject(given) ? (given.link_token ?? given.linkToken) : given;
	const [, token] = /\/link\/([^/?#]+)/.exec(String(value)) ?? [];
	return xidFrom(context, 'Link Token', token ?? value);
}

/** The ID of a link token in the parameter: itself, or the output of an operation. */
export function linkTokenXidFrom(context: IExecutePaginationFunctions): string {
	const given = context.getNodeParameter('xid', '') as unknown;
	return xidFrom(context, 'Link Token ID', isObject(given) ? given.xid : given);
}
