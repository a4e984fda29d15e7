import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunningInstance } from '../../../scripts/n8n/instance';
import type { Session } from '../../../scripts/n8n/session';

/** An n8n with packages installed, as one process hands it to another. */
export interface Handover {
	userFolder: string;
	running: RunningInstance;
	/** Variables of its start. */
	env: NodeJS.ProcessEnv;
	/** Of the owner, who is signed in. */
	cookies: Session['cookies'];
	/** How long the log was when the packages were installed. */
	installedAt: number;
}

/** Made by the global set-up. */
const folder = () => process.env.E2E_HANDOVERS!;
const fileOf = (key: string) => path.join(folder(), `${key}.json`);

/** Under another name first: other workers read meanwhile. */
export function writeHandover(key: string, handover: Handover): void {
	const file = fileOf(key);
	writeFileSync(`${file}.part`, JSON.stringify(handover));
	renameSync(`${file}.part`, file);
}

export const dropHandover = (key: string) => rmSync(fileOf(key));

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Handover;

/** What was handed over under the key, if anything was. */
export function readHandover(key: string): Handover | undefined {
	return existsSync(fileOf(key)) ? read(fileOf(key)) : undefined;
}

/** All of them. */
export function readHandovers(): Handover[] {
	const files = readdirSync(folder()).filter((file) => file.endsWith('.json'));
	return files.map((file) => read(path.join(folder(), file)));
}
