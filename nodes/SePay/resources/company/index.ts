import { resourceProperties } from '../../../shared/operations/descriptions';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { get } from './get';
import { update } from './update';

export const company = resourceProperties('company', [get, update], whenAuthenticatedBy('oAuth2'));
