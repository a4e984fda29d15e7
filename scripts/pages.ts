import { readdirSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from './n8n/paths';

const documents = readdirSync(path.join(REPOSITORY, 'docs')).filter((file) => file.endsWith('.md'));

/** Every page for users: the English one, and the Vietnamese one of the same content. */
export const PAGES: Array<[english: string, vietnamese: string]> = [
	['README.md', 'README.vi.md'],
	['packages/n8n-nodes-payt/README.md', 'packages/n8n-nodes-payt/README.vi.md'],
	...documents.map((file): [string, string] => [`docs/${file}`, `docs/vi/${file}`]),
];
