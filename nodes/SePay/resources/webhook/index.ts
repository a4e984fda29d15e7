import { under } from '../../../shared/authentication';
import { resourceProperties } from '../../../shared/descriptions';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const webhook = resourceProperties(
	'webhook',
	[create, del, get, getAll, update],
	under('oAuth2'),
);
