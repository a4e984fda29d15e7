import type { IDataObject } from 'n8n-workflow';
import { callBankHub } from '../../../shared/bankHub/api';
import {
	collectionParameter,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { parameterError } from '../../../shared/operations/parameterError';
import { operation, readBack } from '../../operations';
import {
	companyId,
	configuration,
	fullName,
	shortName,
	status,
	toCompany,
	validateCompany,
} from './fields';

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a company',
		description:
			'Change name, status, payment codes or transaction allowance of a company; what is not given stays as it is. Returns the company, or only the changes when it cannot be read.',
		routing: {
			request: { method: 'POST', url: '/v1/company/edit/{companyId}' },
			operations: {
				pagination: operation(async function (request) {
					await validateCompany.call(this, request);
					const body = request.body as IDataObject;
					const { full_name, short_name, status, ...configured } = body;
					if (Object.keys(body).length === 0) {
						throw parameterError(
							this,
							'Update Fields',
							'given',
							'Add at least one field to change.',
						);
					}
					await callBankHub.call(this, request);
					const xid = request.url.split('/').pop();
					const known = { xid, full_name, short_name, status, configuration: configured };
					return await readBack.call(this, `/v1/company/${xid}`, known, toCompany);
				}),
			},
		},
	},
	properties: [
		companyId,
		simplify,
		collectionParameter('Update Fields', 'updateFields', 'Add Field', [
			fullName,
			shortName,
			status(),
			...configuration,
		]),
	],
};
