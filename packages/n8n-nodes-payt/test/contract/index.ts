import { OpenApi } from '../../../../test/contract/openApi';

/** Payt's OAuth endpoints, its API and what its webhooks send. */
export const openApi = new OpenApi(__dirname, ['payt']);

export const payt = openApi.document('payt');
