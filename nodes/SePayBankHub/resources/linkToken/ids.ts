import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { isObject } from '../../../shared/values';
import { parseXid } from '../../parameters';

/** The link token in the parameter: itself, the address of its page, or the output of an operation. */
export function parseLinkToken(context: IExecutePaginationFunctions): string {
	const given = context.getNodeParameter('linkToken', '') as unknown;
	const value = isObject(given) ? (given.link_token ?? given.linkToken) : given;
	const [, token] = /\/link\/([^/?#]+)/.exec(String(value)) ?? [];
	return parseXid(context, 'Link Token', token ?? value);
}

/** The ID of a link token in the parameter: itself, or the output of an operation. */
export function parseLinkTokenXid(context: IExecutePaginationFunctions): string {
	const given = context.getNodeParameter('xid', '') as unknown;
	return parseXid(context, 'Link Token ID', isObject(given) ? given.xid : given);
}
