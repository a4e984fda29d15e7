import { resourceProperties } from '../../../shared/operations/descriptions';
import { get } from './get';

export const usage = resourceProperties('usage', [get]);
