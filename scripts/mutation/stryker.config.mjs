import path from 'node:path';
import jest from '../../jest.config.js';
import parts from './parts.json' with { type: 'json' };

const part = process.env.MUTATION_PART;
const { mutate, tests, coverage = 'perTest' } = parts[part];
const { displayName, ...unit } = jest.projects.find((project) => project.displayName === 'unit');

/** One part of `npm run mutation`. */
export default {
	testRunner: 'jest',
	mutate,
	jest: {
		projectType: 'custom',
		config: {
			...unit,
			// Stryker lays this over `jest.config.js`.
			projects: [],
			testMatch: tests.map((file) => `<rootDir>/test/nodes/${file}.test.ts`),
			testEnvironment: path.resolve('scripts/mutation/environment.cjs'),
			setupFiles: [...unit.setupFiles, '<rootDir>/scripts/mutation/fewRuns.cjs'],
		},
	},
	// Off where a test uses what one before it has made.
	coverageAnalysis: coverage,
	concurrency: 1,
	timeoutMS: 15_000,
	dryRunTimeoutMinutes: 15,
	disableTypeChecks: false,
	reporters: ['clear-text', 'progress-append-only', 'json'],
	clearTextReporter: { allowColor: false, reportTests: false },
	jsonReporter: { fileName: `reports/mutation/${part}.json` },
	thresholds: { high: 90, low: 80, break: 80 },
	incremental: true,
	incrementalFile: `reports/mutation/${part}.incremental.json`,
	tempDirName: `reports/mutation/sandbox`,
	ignorePatterns: ['.n8n-local', 'dist', 'coverage', 'reports'],
};
