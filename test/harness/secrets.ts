import { inspect } from 'node:util';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { INodeParameters } from 'n8n-workflow';
import type { Echo } from '../sandbox/echo';
import type { Server } from '../sandbox/server';
import type { SeenRequest } from '../sandbox/state';
import { startReceiver, type Receiver } from '../sandbox/testing';
import { allTextOf, type NodeTester } from './nodeTester';

/** Of signs that URLs, JSON and Base64 write in ways of their own. */
export const ODD_SECRET = 'sécret"/+k?y=\\&<%20>~7f3a9';
/** The same for a header, which takes ASCII alone. */
export const ODD_TOKEN = 'tok"/+n?y=\\&<%20>~8b1c5';

/** A node with a credential whose secrets may be echoed or led elsewhere. */
export interface Guarded {
	bench: NodeTester;
	server(): Server & { requests: SeenRequest[] };
	parameters(): INodeParameters;
	/** What the credential holds now. */
	secrets(): string[];
	/** The pair that is sent as Basic, when one is. */
	basic?(): string;
	/** The paths of the calls, and that where a token is got, when this package's own code asks there. */
	api: RegExp;
}

function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [
		secret,
		bytes.toString('base64'),
		bytes.toString('base64url'),
		encodeURIComponent(secret),
		new URLSearchParams({ '': secret }).toString().slice(1),
		JSON.stringify(secret).slice(1, -1),
		JSON.stringify(secret).slice(1, -1).replace(/\//g, '\\/'),
	];
}

/** Everything that n8n logs from now on, whatever its level. */
export function captureLog(): { words(): string; restore(): void } {
	const logged: unknown[][] = [];
	const logger = Container.get(Logger);
	const levels = ['debug', 'info', 'warn', 'error'] as const;
	const spies = levels.map((level) =>
		jest.spyOn(logger, level).mockImplementation((...words) => void logged.push(words)),
	);
	return {
		words: () => inspect(logged, { depth: null, showHidden: true, maxStringLength: null }),
		restore: () => spies.forEach((spy) => spy.mockRestore()),
	};
}

/** Runs the node, failing and continuing, and returns all its words with those of the log. */
async function wordsOf({ bench: tester, parameters }: Guarded): Promise<string> {
	const log = captureLog();
	try {
		const words: string[] = [];
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const { run } = await tester.run(parameters(), { onError });
			const all = inspect(run, { depth: null, showHidden: true, maxStringLength: null });
			words.push(allTextOf(run), all);
		}
		return [...words, log.words()].join('\n');
	} finally {
		log.restore();
	}
}

const STATUSES = [400, 401, 403, 404, 422, 429, 500, 200];
const ECHOES: Echo[] = ['json', 'text', 'page'];
const CASES = STATUSES.flatMap((status) => ECHOES.map((echo) => [status, echo] as const));

/**
 * Tests that no answer, whatever it repeats of the request, gets a secret out of the node.
 *
 * @param isTold whether the words of an answer with that status reach the node at all
 */
export function testEchoes(
	guarded: Guarded,
	path: RegExp = guarded.api,
	isTold: (status: number) => boolean = () => true,
): void {
	test.each(CASES)('HTTP %i that repeats the request as %s', async (status, echo) => {
		const headers = { 'retry-after': '3600' };
		guarded.server().fault({ path, times: Infinity, answer: { status, echo, headers } });
		const before = guarded.secrets();
		const words = await wordsOf(guarded);
		const secrets = new Set([...before, ...guarded.secrets()]);
		const { requests } = guarded.server();
		const sent = requests.map((request) => request.headers.authorization + request.rawBody);
		expect(sent.some((text) => text !== 'undefined')).toBe(true);
		for (const secret of [...secrets, ...(guarded.basic ? [guarded.basic()] : [])]) {
			expect(secret.length).toBeGreaterThan(7);
			for (const form of formsOf(secret)) expect(words).not.toContain(form);
		}
		// The node did tell what came, with the secret masked.
		if (echo === 'json' && isTold(status)) expect(words).toContain('***');
	});
}

/** Tests that no redirect is followed to another host, and that the error says where it led. */
export function testRedirects(guarded: Guarded, path: RegExp = guarded.api): void {
	let other: Receiver;
	beforeEach(async () => {
		other = await startReceiver();
	});
	afterEach(async () => await other.close());

	test.each([301, 302, 303, 307, 308])('HTTP %i to another host', async (status) => {
		guarded.server().fault({ path, times: Infinity, answer: { status, redirectTo: other.url } });
		const { message, description } = await guarded.bench.failure(guarded.parameters());
		expect(other.received).toEqual([]);
		const { path: asked } = guarded
			.server()
			.requests.filter((seen) => path.test(seen.path))
			.pop()!;
		expect(message).toMatch(` redirected the request to ${other.url}${asked} (HTTP ${status})`);
		expect(description).toMatch(
			/^The node does not follow redirects.* Check the URL in the credential/,
		);
	});

	test.each(['?token=abc#abc', '//user:pass@other.example/x?token=abc', 'mailto:someone'])(
		'of what it points to only the place is told: %s',
		async (location) => {
			const headers = { location };
			guarded.server().fault({ path, times: Infinity, answer: { status: 302, headers } });
			const { message, description } = await guarded.bench.failure(guarded.parameters());
			expect(message + description).toContain('redirected the request');
			expect(message + description).not.toMatch(/abc|user|pass|someone/);
		},
	);

	test('without an address', async () => {
		guarded.server().fault({ path, times: Infinity, answer: { status: 302 } });
		const { message } = await guarded.bench.failure(guarded.parameters());
		expect(message).toMatch(/ redirected the request \(HTTP 302\)$/);
	});
}
