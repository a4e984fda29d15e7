import { under } from '../../../shared/authentication';
import { resourceProperties } from '../../../shared/descriptions';
import { get } from './get';
import { getAll } from './getAll';

export const virtualAccount = resourceProperties(
	'virtualAccount',
	[get, getAll],
	under('apiToken'),
);
