import { readersOf } from './envelopes';
import { dialect, sePay } from './sePay';
import type { Service } from './service';

/** SePay's API (v2) for those who hold an API token of a company; it needs no scopes. */
export const sePayToken: Service = {
	...sePay,
	credentialType: 'sePayTokenApi',
	signInHelp:
		'Check API Token and Environment in the credential. A token has 64 letters and digits; one made in Test Mode works in the Environment Test Mode only, any other not there.',
	permission: () => undefined,
};

export const {
	call: callSePayToken,
	readObject,
	pageReader,
} = readersOf({ ...dialect, service: sePayToken, sizeName: 'per_page' });
