import { releaseNames } from '../../../scripts/n8n/install';
import type { ReleaseName } from '../../../scripts/n8n/types';

export { releaseNames as releases };

/** One of them, for what no release does differently: each n8n takes its time to start. */
export function oneRelease(): ReleaseName[] {
	return releaseNames().slice(0, 1);
}
