import { resourceProperties } from '../../../shared/operations/descriptions';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getCounts } from './getCounts';
import { update } from './update';

export const company = resourceProperties('company', [create, get, getAll, getCounts, update]);
