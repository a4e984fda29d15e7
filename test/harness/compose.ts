import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** The folder of the Compose files. */
export const COMPOSE = path.join(__dirname, '../../examples/compose');

interface Service {
	image: string;
	environment?: Record<string, string>;
	volumes?: string[];
	[property: string]: unknown;
}

/** What of a Compose file is looked at. */
export interface Compose {
	services: Record<string, Service>;
	volumes: Record<string, null>;
}

/**
 * A Compose file with the variables filled in as Compose does.
 * @throws when a variable is absent
 */
export function readCompose(file: string, variables: Record<string, string>): Compose {
	const source = readFileSync(path.join(COMPOSE, file), 'utf8');
	const filled = source.replace(/\$\{(\w+)(?::\?[^}]*)?\}/g, (_, name: string) => {
		if (variables[name] === undefined) throw new Error(`${file} needs ${name}`);
		return variables[name];
	});
	return parse(filled, { merge: true }) as Compose;
}
