import { readdirSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from './n8n/paths';

const filesIn = (folder: string, end: string) =>
	readdirSync(path.join(REPOSITORY, folder)).filter((file) => file.endsWith(end));

/** Every page for users: the English one, and the Vietnamese one of the same content. */
export const PAGES: Array<[english: string, vietnamese: string]> = [
	...['.', 'packages/n8n-nodes-payt'].flatMap((folder) =>
		filesIn(folder, '.vi.md')
			.map((file) => path.join(folder, file))
			.map((file): [string, string] => [file.replace('.vi.md', '.md'), file]),
	),
	...filesIn('docs', '.md').map((file): [string, string] => [`docs/${file}`, `docs/vi/${file}`]),
];
