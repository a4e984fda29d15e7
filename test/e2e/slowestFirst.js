const Sequencer = require('@jest/test-sequencer').default;

/** Small files that take minutes: jest, while it knows no times, would leave them to the end. */
const SLOW = /payment\.restart\.test\.ts$/;

module.exports = class SlowestFirst extends Sequencer {
	sort(tests) {
		const rank = ({ path }) => (SLOW.test(path) ? 0 : 1);
		return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
	}
};
