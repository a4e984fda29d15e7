const { TestEnvironment } = require('jest-environment-node');

/** The last mutant that a test failed with. */
let killed;

/** Skips what is left after the first failure: one kills a mutant, and Stryker cannot end jest itself. */
module.exports = class extends TestEnvironment {
	handleTestEvent({ name, test }) {
		const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
		if (mutant && (name === 'test_fn_failure' || name === 'hook_failure')) killed = mutant;
		if (name === 'test_start' && mutant && killed === mutant) test.mode = 'skip';
	}
};
