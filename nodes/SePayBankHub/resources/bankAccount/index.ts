import { resourceProperties } from '../../../shared/operations/descriptions';
import { get } from './get';
import { getAll } from './getAll';

export const bankAccount = resourceProperties('bankAccount', [get, getAll]);
