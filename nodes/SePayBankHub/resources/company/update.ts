import { callBankHub } from '../../../shared/bankHub/api';
import { assertChanges } from '../../../shared/operations/parameterParsers';
import { fieldsOf } from '../../../shared/values';
import { declareMapped, readBack } from '../../operations';
import { companyId, configuration, fullName, shortName, status } from './fields';
import { toCompany } from './output';

export const update = declareMapped(
	{
		value: 'update',
		action: 'Update a company',
		description:
			'Change the name, status, payment codes or transaction limit of a company. Fields left out stay unchanged. Returns the company, or only the changes if it cannot be read.',
		main: companyId,
		updateFields: [fullName, shortName, status(), ...configuration],
	},
	{ method: 'POST', url: '/v1/company/edit/{companyId}' },
	async function (request) {
		assertChanges(this, request.body);
		await callBankHub.call(this, request);
		const { full_name, short_name, status, ...configured } = fieldsOf(request.body);
		const xid = request.url.split('/').pop();
		const known = { xid, full_name, short_name, status, configuration: configured };
		return await readBack.call(this, `/v1/company/${xid}`, known, toCompany);
	},
	toCompany,
);
