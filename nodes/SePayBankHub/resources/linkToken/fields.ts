import { fieldType, required } from '../../../shared/operations/fields';
import { isObject } from '../../../shared/values';
import { parseXid } from '../../fields';

/** The link token itself, the address of its page, or the output of an operation. */
export const linkToken = required(
	fieldType(
		'string',
		(context, displayName, given) => {
			const value = isObject(given) ? (given.link_token ?? given.linkToken) : given;
			const [, token] = /\/link\/([^/?#]+)/.exec(String(value)) ?? [];
			return parseXid(context, displayName, token ?? value);
		},
		{ typeOptions: { password: true } },
	)(
		'link_token',
		'The field "link_token" of Create, not its "xid". You can also use the URL of the page, or the whole output of Create.',
		{ placeholder: 'e.g. {{ $json.link_token }}' },
	),
);

/** The ID of a link token, or the output of an operation. */
export const linkTokenXid = required(
	fieldType('string', (context, displayName, given) =>
		parseXid(context, displayName, isObject(given) ? given.xid : given),
	)(
		'link_token_xid',
		'The field "xid" of Create or Get, not the "link_token". You can also use the whole output of either operation.',
		{ name: 'xid', displayName: 'Link Token ID', placeholder: 'e.g. {{ $json.xid }}' },
	),
);
