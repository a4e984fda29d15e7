import { resourceProperties } from '../../../shared/operations/descriptions';
import { get } from './get';
import { getAll } from './getAll';
import { getSubAccounts } from './getSubAccounts';

export const bankAccount = resourceProperties('bankAccount', [get, getAll, getSubAccounts]);
