import { clientTokens } from '../transport/clientToken';
import { isObject } from '../values';
import { eInvoice, HOSTS } from './api';

export const { renewToken, authorization } = clientTokens(eInvoice, HOSTS, ({ data }) =>
	isObject(data) ? data.access_token : undefined,
);
