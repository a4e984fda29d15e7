import { resourceProperties } from '../../../shared/operations/descriptions';
import { get } from './get';
import { set } from './set';

export const webhook = resourceProperties('webhook', [get, set]);
