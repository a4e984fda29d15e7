import { readObject } from '../../../shared/bankHub/api';
import { fieldType, longText, type Parser } from '../../../shared/operations/fields';
import { ENTER_VALUE, parameterError } from '../../../shared/operations/parameterError';
import { assertChanges } from '../../../shared/operations/parameterParsers';
import { declare } from '../../operations';
import { toSettings } from './output';

const parseKeywords: Parser = (context, displayName, value) => {
	const keywords = [value].flat().map((word) => String(word ?? '').trim());
	if (!keywords.includes('')) return [...new Set(keywords)];
	throw parameterError(context, displayName, 'filled in', ENTER_VALUE);
};

export const update = declare(
	{
		value: 'update',
		action: 'Update the configuration of the merchant',
		description:
			'Replace settings that apply to all companies. Settings left out stay unchanged. Changes take effect at once.',
		updateFields: [
			longText(
				'global_hosted_link_custom_css',
				'CSS of the pages where customers link their bank accounts. It replaces the current CSS. Newer SePay documents do not mention it, so SePay may ignore it.',
				{ name: 'hostedLinkCss', placeholder: 'e.g. body { background: #fff; }' },
			),
			fieldType('string', parseKeywords, {
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Keyword' },
				default: [],
			})(
				'transaction_whitelist_remark_keywords',
				'SePay reports only transactions whose memo contains one of these keywords, in any case. They replace the current keywords. To remove the filter, add this field without keywords: SePay then reports every transaction.',
				{ name: 'remarkKeywords', placeholder: 'e.g. DH' },
			),
		],
	},
	{ method: 'POST', url: '/v1/merchant-config' },
	async function (request) {
		assertChanges(this, request.body);
		return [await readObject.call(this, request)];
	},
	toSettings,
);
