/** Tests of the package in the root and of those in `packages`, below their `test/`. */
const tests = (pattern) => [`<rootDir>/{test,packages/*/test}/${pattern}`];

const common = {
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/.n8n-local'],
	transform: { '^.+\\.ts$': '@swc/jest' },
	setupFiles: ['<rootDir>/test/setup.ts'],
};

/** @type {import('jest').Config} */
module.exports = {
	// Most tests wait for a pace or a rest: every core takes some, that of jest itself too.
	maxWorkers: '100%',
	projects: [
		{
			...common,
			displayName: 'unit',
			testMatch: tests('**/*.test.ts'),
			testPathIgnorePatterns: ['/node_modules/', '/test/e2e/', '/test/package/'],
		},
		{
			// Looks at the built packages, so `npm run build` comes first.
			...common,
			displayName: 'package',
			testMatch: ['<rootDir>/test/package/**/*.test.ts'],
		},
		{
			...common,
			displayName: 'e2e',
			globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
			testMatch: tests('e2e/**/*.e2e.test.ts'),
		},
		{
			// Takes from minutes to an hour each; no part of `npm test`.
			...common,
			displayName: 'soak',
			globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
			testMatch: tests('e2e/**/*.soak.test.ts'),
		},
	],
};
