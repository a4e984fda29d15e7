import type { ReleaseName } from '../../../scripts/n8n/types';

/** The n8n releases under test; `E2E_RELEASES=newest` picks one. */
export function releases(): ReleaseName[] {
	const asked = process.env.E2E_RELEASES?.split(',') ?? ['newest', 'oldest'];
	return asked as ReleaseName[];
}

/** One of them, for what no release does differently: each n8n takes its time to start. */
export function oneRelease(): ReleaseName[] {
	return releases().slice(0, 1);
}
