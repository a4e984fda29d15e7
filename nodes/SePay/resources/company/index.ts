import { under } from '../../../shared/authentication';
import { resourceProperties } from '../../../shared/descriptions';
import { get } from './get';
import { update } from './update';

export const company = resourceProperties('company', [get, update], under('oAuth2'));
