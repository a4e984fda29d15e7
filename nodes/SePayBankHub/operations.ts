import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { pageReader, readObject } from '../shared/bankHub/api';
import { createOperations } from '../shared/operations/operations';
import type { OutputMapper } from '../shared/operations/output';

export const { declare, declareMapped, declareCall, declareGet, declareGetAll } = createOperations({
	readObject,
	pageReader,
});

/**
 * What a write has made or changed, read at `url`. The write stands even when that fails, so it is no
 * error then: the output is what is known of it, and only that.
 */
export async function readBack(
	this: IExecutePaginationFunctions,
	url: string,
	known: IDataObject,
	shape: OutputMapper,
): Promise<IDataObject[]> {
	const row = await readObject.call(this, { url }).catch(() => undefined);
	if (row) return [shape.call(this, row)];
	const shaped = Object.entries(shape.call(this, known));
	return [Object.fromEntries(shaped.filter(([, value]) => (value ?? null) !== null))];
}
