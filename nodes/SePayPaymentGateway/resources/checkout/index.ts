import { resourceProperties } from '../../../shared/operations/descriptions';
import { create } from './create';

export const checkout = resourceProperties('checkout', [create]);
