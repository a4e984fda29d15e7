import { readObject } from '../../../shared/bankHub/api';
import { fieldType, longText, type Parser } from '../../../shared/operations/fields';
import { parameterError } from '../../../shared/operations/parameterError';
import { assertChanges, declare } from '../../operations';
import { toSettings } from './output';

const parseKeywords: Parser = (context, displayName, value) => {
	const keywords = [value].flat().map((word) => String(word ?? '').trim());
	if (!keywords.includes('')) return [...new Set(keywords)];
	throw parameterError(context, displayName, 'filled in', 'It is empty.');
};

export const update = declare(
	{
		name: 'Update',
		value: 'update',
		action: 'Update the configuration of the merchant',
		description:
			'Replace settings that hold for all companies; those not given stay as they are. Effective at once.',
		updateFields: [
			longText(
				'global_hosted_link_custom_css',
				'CSS of the pages where customers link their bank accounts, in place of what there is. Newer documents of SePay do not name it: it may be ignored.',
				{ name: 'hostedLinkCss', placeholder: 'e.g. body { background: #fff; }' },
			),
			fieldType('string', parseKeywords, {
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Keyword' },
				default: [],
			})(
				'transaction_whitelist_remark_keywords',
				'SePay tells you only transactions whose text contains one of these, in upper or lower case; they replace the keywords there are. Added without a keyword, it ends the filter: every transaction is told.',
				{ name: 'remarkKeywords', placeholder: 'e.g. DH' },
			),
		],
	},
	{ method: 'POST', url: '/v1/merchant-config' },
	async function (request) {
		assertChanges(this, request);
		return [await readObject.call(this, request)];
	},
	toSettings,
);
