import { under } from '../../../shared/authentication';
import { resourceProperties } from '../../../shared/descriptions';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';

export const refund = resourceProperties('refund', [create, get, getAll], under('apiToken'));
