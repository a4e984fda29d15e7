import { clientTokens } from '../transport/clientToken';
import { bankHub, HOSTS } from './api';

export const { renewToken, authorization } = clientTokens(
	bankHub,
	HOSTS,
	({ access_token }) => access_token,
);
