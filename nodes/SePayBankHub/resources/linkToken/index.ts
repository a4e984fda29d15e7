import { resourceProperties } from '../../../shared/descriptions';
import { create } from './create';
import { get } from './get';
import { revoke } from './revoke';

export const linkToken = resourceProperties('linkToken', [create, get, revoke]);
