import { resourceProperties } from '../../../shared/operations/descriptions';
import { create } from './create';
import { get } from './get';
import { revoke } from './revoke';

export const linkToken = resourceProperties('linkToken', [create, get, revoke]);
