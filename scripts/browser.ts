import { programOf } from './debianProgram';

/**
 * Where Chromium is; root installs the Debian package when it is missing.
 * @throws naming the package when it is missing and cannot be installed
 */
export const chromium = (): string => programOf('chromium', 'chromium');

/**
 * What Chromium needs in a container, what keeps it from calling home, and what makes pictures small
 * and the same each time: letters without coloured edges, and no edge drawn over itself.
 */
export const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-lcd-text',
	'--disable-partial-raster',
];
