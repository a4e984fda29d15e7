import { resourceProperties } from '../../../shared/operations/descriptions';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const webhook = resourceProperties(
	'webhook',
	[create, del, get, getAll, update],
	whenAuthenticatedBy('oAuth2'),
);
