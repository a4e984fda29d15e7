import { pageReader, readObject } from '../shared/bankHub';
import { operationsOf } from '../shared/operations';
import { xidFrom } from './parameters';

export { asSent, simplifiedBy } from '../shared/operations';

export const { operation, readOne, readMany } = operationsOf({
	readObject,
	pageReader,
	idFrom: xidFrom,
});
