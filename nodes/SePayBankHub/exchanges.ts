import { pageReader, readObject } from '../shared/bankHub';
import { operationsOf, type Shape } from '../shared/operations';
import { xidFrom } from './parameters';

export const { operation, readOne, readMany } = operationsOf({
	readObject,
	pageReader,
	idFrom: xidFrom,
});

/** A row in the small form that `simple` gives it; as SePay sent it without Simplify. */
export const simplifiedBy = (simple: Shape): Shape =>
	function (row) {
		return this.getNodeParameter('simplify', true) ? simple.call(this, row) : row;
	};

/** The answer as SePay sent it. */
export const asSent: Shape = (row) => row;
