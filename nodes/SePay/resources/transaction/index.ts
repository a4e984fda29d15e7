import { resourceProperties } from '../../../shared/descriptions';
import { count } from './count';
import { get } from './get';
import { getAll } from './getAll';

export const transaction = resourceProperties('transaction', [count, get, getAll]);
