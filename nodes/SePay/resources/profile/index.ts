import { resourceProperties } from '../../../shared/operations/descriptions';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { get } from './get';

export const profile = resourceProperties('profile', [get], whenAuthenticatedBy('oAuth2'));
