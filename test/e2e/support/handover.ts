import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

export function writeHandover(key: string, handover: Handover): void {
	writeFileSync(fileOf(key), JSON.stringify(handover));
}

export const dropHandover = (key: string) => rmSync(fileOf(key));

/** What was handed over under the key, if anything was. */
export function readHandover(key: string): Handover | undefined {
	return readHandovers().get(key);
}

/** All of them, by key. */
export function readHandovers(): Map<string, Handover> {
	return new Map(
		readdirSync(folder()).map((file) => [
			path.basename(file, '.json'),
			JSON.parse(readFileSync(path.join(folder(), file), 'utf8')) as Handover,
		]),
	);
}
