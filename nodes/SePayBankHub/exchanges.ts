import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { pageReader, readObject } from '../shared/bankHub';
import { operationsOf, type Shape } from '../shared/operations';
import { xidFrom } from './parameters';

export { asSent, simplifiedBy } from '../shared/operations';

export const { operation, readOne, readMany } = operationsOf({
	readObject,
	pageReader,
	idFrom: xidFrom,
});

/**
 * What a write has made or changed, read at `url`. The write stands even when that fails, so it is no
 * error then: the output is what is known of it, and only that.
 */
export async function readBack(
	this: IExecutePaginationFunctions,
	url: string,
	known: IDataObject,
	shape: Shape,
): Promise<IDataObject[]> {
	const row = await readObject.call(this, { url }).catch(() => undefined);
	if (row) return [shape.call(this, row)];
	const shaped = Object.entries(shape.call(this, known));
	return [Object.fromEntries(shaped.filter(([, value]) => (value ?? null) !== null))];
}
