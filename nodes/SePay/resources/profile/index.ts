import { under } from '../../../shared/authentication';
import { resourceProperties } from '../../../shared/descriptions';
import { get } from './get';

export const profile = resourceProperties('profile', [get], under('oAuth2'));
