import { resourceProperties } from '../../../shared/operations/descriptions';
import { count } from './count';
import { get } from './get';
import { getAll } from './getAll';

export const transaction = resourceProperties('transaction', [count, get, getAll]);
