import { resourceProperties } from '../../../shared/operations/descriptions';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';

export const refund = resourceProperties(
	'refund',
	[create, get, getAll],
	whenAuthenticatedBy('apiToken'),
);
