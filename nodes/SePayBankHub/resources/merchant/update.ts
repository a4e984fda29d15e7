import { collectionParameter, type Operation } from '../../../shared/operations/descriptions';
import { omitEmpty } from '../../../shared/operations/operations';
import { parameterError } from '../../../shared/operations/parameterError';
import { readOne } from '../../operations';
import { parseText } from '../../parameters';
import { toSettings } from './output';

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update the configuration of the merchant',
		description:
			'Replace settings that hold for all companies; those not given stay as they are. Effective at once.',
		routing: {
			request: { method: 'POST', url: '/v1/merchant-config' },
			operations: {
				pagination: readOne(toSettings, function (request) {
					const body = omitEmpty(request.body);
					if (Object.keys(body).length === 0) {
						throw parameterError(
							this,
							'Update Fields',
							'given',
							'Add at least one field to change.',
						);
					}
					const { transaction_whitelist_remark_keywords: keywords } = body;
					if (keywords !== undefined) {
						const texts = [keywords].flat().map((word) => parseText(this, 'Remark Keywords', word));
						body.transaction_whitelist_remark_keywords = [...new Set(texts)];
					}
					request.body = body;
				}),
			},
		},
	},
	properties: [
		collectionParameter('Update Fields', 'updateFields', 'Add Field', [
			{
				displayName: 'Hosted Link CSS',
				name: 'hostedLinkCss',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				placeholder: 'e.g. body { background: #fff; }',
				description:
					'CSS of the pages where customers link their bank accounts, in place of what there is. Newer documents of SePay do not name it: it may be ignored.',
				routing: { send: { type: 'body', property: 'global_hosted_link_custom_css' } },
			},
			{
				displayName: 'Remark Keywords',
				name: 'remarkKeywords',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Keyword' },
				default: [],
				placeholder: 'e.g. DH',
				description:
					'SePay tells you only transactions whose text contains one of these, in upper or lower case; they replace the keywords there are. Added without a keyword, it ends the filter: every transaction is told.',
				routing: { send: { type: 'body', property: 'transaction_whitelist_remark_keywords' } },
			},
		]),
	],
};
