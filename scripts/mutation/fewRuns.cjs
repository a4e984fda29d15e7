const fc = require('fast-check');

const MOST_RUNS = 100;

// Thousands of runs for each of thousands of mutants take days; the same ones each time kill the same.
fc.default = {
	...fc.default,
	assert: (property, { numRuns = MOST_RUNS, ...parameters } = {}) =>
		fc.assert(property, { seed: 1, ...parameters, numRuns: Math.min(numRuns, MOST_RUNS) }),
};
