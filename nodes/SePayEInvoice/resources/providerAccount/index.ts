import { resourceProperties } from '../../../shared/operations/descriptions';
import { get } from './get';
import { getAll } from './getAll';

export const providerAccount = resourceProperties('providerAccount', [get, getAll]);
