import { resourceProperties } from '../../../shared/operations/descriptions';
import { get } from './get';
import { getCounts } from './getCounts';
import { update } from './update';
import { uploadLogo } from './uploadLogo';

export const merchant = resourceProperties('merchant', [get, getCounts, update, uploadLogo]);
