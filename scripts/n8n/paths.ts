import path from 'node:path';

export const REPOSITORY = path.resolve(__dirname, '../..');

/** A path in the git-ignored folder that holds installed n8n releases, Node and user data. */
export function localPath(...parts: string[]): string {
	return path.join(REPOSITORY, '.n8n-local', ...parts);
}
