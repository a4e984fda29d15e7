import type { IDataObject } from 'n8n-workflow';
import { callBankHub, readObject } from '../../../shared/bankHub';
import { collectionOf, simplify, type Operation } from '../../../shared/descriptions';
import { invalid } from '../../../shared/exchange';
import { operation } from '../../exchanges';
import {
	checkCompany,
	companyId,
	configuration,
	fullName,
	shortName,
	status,
	toCompany,
} from './fields';

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a company',
		description:
			'Change name, status, payment codes or transaction allowance of a company; what is not given stays as it is',
		routing: {
			request: { method: 'POST', url: '/v1/company/edit/{companyId}' },
			operations: {
				pagination: operation(async function (request) {
					await checkCompany.call(this, request);
					const { full_name, status, short_name, ...configured } = request.body as IDataObject;
					if (Object.keys(request.body as IDataObject).length === 0) {
						throw invalid(this, 'Update Fields', 'given', 'Add at least one field to change.');
					}
					await callBankHub.call(this, request);
					const xid = request.url.split('/').pop();
					// It has been changed: to fail now, for a reading that did not work, would be wrong.
					const changed = { xid, full_name, short_name, status, configuration: configured };
					const read = { url: `/v1/company/${xid}` };
					return [toCompany.call(this, await readObject.call(this, read).catch(() => changed))];
				}),
			},
		},
	},
	properties: [
		companyId,
		simplify,
		collectionOf('Update Fields', 'updateFields', 'Add Field', [
			fullName,
			shortName,
			status(),
			...configuration,
		]),
	],
};
