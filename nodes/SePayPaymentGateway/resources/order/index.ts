import { resourceProperties } from '../../../shared/operations/descriptions';
import { cancel } from './cancel';
import { get } from './get';
import { getAll } from './getAll';
import { voidTransaction } from './voidTransaction';

export const order = resourceProperties('order', [cancel, get, getAll, voidTransaction]);
