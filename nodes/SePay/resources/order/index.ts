import { resourceProperties } from '../../../shared/operations/descriptions';
import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { addVirtualAccount } from './addVirtualAccount';
import { cancel } from './cancel';
import { cancelVirtualAccount } from './cancelVirtualAccount';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getPrefixes } from './getPrefixes';
import { getTerminals } from './getTerminals';

export const order = resourceProperties(
	'order',
	[addVirtualAccount, cancel, cancelVirtualAccount, create, get, getAll, getPrefixes, getTerminals],
	whenAuthenticatedBy('apiToken'),
);
