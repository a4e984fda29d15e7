import { randomUUID } from 'node:crypto';
import type { Answer } from '../../answers';
import { ApiError } from '../../apiError';
import { jsonObjectOf, type EndpointCall } from '../../endpoint';
import { listOf, problemsOf, refuse, type Rule } from '../../rules';
import { json } from '../answers';
import type { State } from '../state';
import type { Route } from './route';

const MAX_LOGO = 1_048_576;

const types: Record<string, string> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' };

/** How the files of a type begin, in hex. */
const beginnings: Record<string, string> = { 'image/jpeg': 'ffd8ff', 'image/png': '89504e47' };

const filled: Rule = (value) =>
	typeof value === 'string' && value.trim() !== '' ? undefined : 'is empty';

const css: Rule = (value) =>
	typeof value === 'string' && !/<script|javascript:/i.test(value)
		? undefined
		: 'must be CSS without scripts';

const rules = {
	transaction_whitelist_remark_keywords: listOf(filled),
	global_hosted_link_custom_css: css,
};

function update(call: EndpointCall, { data, variants }: State): Answer {
	const body = jsonObjectOf(call);
	refuse(problemsOf(body, rules));
	const { transaction_whitelist_remark_keywords: keywords } = body;
	if (keywords) {
		const trimmed = (keywords as string[]).map((keyword) => keyword.trim());
		data.merchant.transaction_whitelist_remark_keywords = [...new Set(trimmed)];
	}
	if (body.global_hosted_link_custom_css !== undefined && variants.customCss === 'kept') {
		data.merchant.global_hosted_link_custom_css = String(body.global_hosted_link_custom_css);
	}
	return json(200, { data: data.merchant });
}

async function upload(call: EndpointCall, state: State): Promise<Answer> {
	const file = Object(call.body).logo;
	if (!(file instanceof File)) {
		throw new ApiError(400, 'Thiếu tệp logo', { fields: { logo: 'is required' } });
	}
	if (file.size > MAX_LOGO) {
		const fields = { logo: `is larger than ${MAX_LOGO} bytes` };
		throw new ApiError(state.variants.logoTooBig, 'Tệp logo quá lớn', { fields });
	}
	const extension = file.name.split('.').at(-1)?.toLowerCase() ?? '';
	const bytes = Buffer.from(await file.arrayBuffer());
	const type = types[extension];
	if (!type || file.type !== type) {
		refuse({ logo: 'must be JPG or PNG, with the extension and the type of it' });
	}
	if (!bytes.toString('hex').startsWith(beginnings[type])) refuse({ logo: 'is not an image' });
	const logo_url = `https://bankhub.sepay.vn/uploads/logos/${randomUUID()}.${extension}`;
	state.data.merchant.logo_url = logo_url;
	state.data.logo = bytes;
	return json(200, { data: { logo_url } });
}

export const merchantRoutes: Route[] = [
	{
		method: 'get',
		path: '/merchant-config',
		handle: (_call, { data }) => json(200, { data: data.merchant }),
	},
	{ method: 'post', path: '/merchant-config', handle: update },
	{ method: 'post', path: '/merchant-config/logo', handle: upload },
];
