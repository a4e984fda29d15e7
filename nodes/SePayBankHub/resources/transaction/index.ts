import { resourceProperties } from '../../../shared/operations/descriptions';
import { createTest } from './createTest';
import { get } from './get';
import { getAll } from './getAll';

export const transaction = resourceProperties('transaction', [createTest, get, getAll]);
