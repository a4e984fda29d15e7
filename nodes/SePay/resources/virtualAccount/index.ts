import { resourceProperties } from '../../../shared/operations/descriptions';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { get } from './get';
import { getAll } from './getAll';

export const virtualAccount = resourceProperties(
	'virtualAccount',
	[get, getAll],
	whenAuthenticatedBy('apiToken'),
);
