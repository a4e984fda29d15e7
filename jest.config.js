const { availableParallelism } = require('node:os');

/** Tests of the package in the root and of those in `packages`, below their `test/`. */
const tests = (pattern) => [`<rootDir>/{test,packages/*/test}/${pattern}`];

const common = {
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/.n8n-local'],
	transform: { '^.+\\.ts$': '@swc/jest' },
	setupFiles: ['<rootDir>/test/setup.ts'],
};

/** Tests on real n8n, with `n8nUse` as `test/e2e/support/n8nUse.d.ts` has it. */
const e2e = (n8nUse) => ({
	...common,
	globals: { n8nUse },
	globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
});

/** @type {import('jest').Config} */
module.exports = {
	// Most tests wait for a pace or a rest, so that a core takes two at a time.
	maxWorkers: 2 * availableParallelism(),
	// A loaded machine is slow, which is not what the tests are about.
	testTimeout: 60_000,
	testSequencer: '<rootDir>/test/e2e/slowestFirst.js',
	projects: [
		{
			...common,
			displayName: 'unit',
			testMatch: tests('**/*.test.ts'),
			testPathIgnorePatterns: ['/node_modules/', '/test/e2e/', '/test/package/'],
			// An ES module, which jest loads from Node 24 on only.
			transform: { ...common.transform, '/github-slugger/.+\\.js$': '@swc/jest' },
			transformIgnorePatterns: ['/node_modules/(?!github-slugger/)'],
		},
		{
			// Looks at the built packages, so `npm run build` comes first.
			...common,
			displayName: 'package',
			testMatch: ['<rootDir>/test/package/**/*.test.ts'],
		},
		// Each says how its files use n8n: they share one of each release, …
		{
			...e2e('shared'),
			displayName: 'e2e',
			testMatch: tests('e2e/**/*.e2e.test.ts'),
		},
		{
			// … or hand on, from file to file of a worker, one that they stop and start, …
			...e2e('handedOn'),
			displayName: 'restart',
			testMatch: tests('e2e/**/*.restart.test.ts'),
		},
		{
			// … or have one each. Takes from minutes to an hour a file; no part of `npm test`.
			...e2e('own'),
			displayName: 'soak',
			testMatch: tests('e2e/**/*.soak.test.ts'),
		},
		{
			// Drives Chromium, with an n8n of the first kind beside it.
			...e2e('shared'),
			displayName: 'browser',
			testMatch: tests('e2e/**/*.browser.test.ts'),
		},
	],
};
