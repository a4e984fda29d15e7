import { programOf } from './debianProgram';

/**
 * Where Chromium is; root installs the Debian package when it is missing.
 * @throws naming the package when it is missing and cannot be installed
 */
export const chromium = (): string => programOf('chromium', 'chromium');

/** What Chromium needs in a container, and what keeps it from calling home. */
export const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
