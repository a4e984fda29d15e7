import { operationsOf } from '../shared/operations';
import { pageReader, readObject } from '../shared/sePay';
import { idFrom } from './parameters';

export { dropEmptyFilters, type Keep, type Prepare, type Shape } from '../shared/operations';

export const { operation, readOne, readMany } = operationsOf({
	readObject,
	pageReader,
	idFrom,
	labels: { code: 'Payment Code' },
});
