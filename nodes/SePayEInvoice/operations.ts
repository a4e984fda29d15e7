import { pageReader, readObject } from '../shared/eInvoice/api';
import { createOperations } from '../shared/operations/operations';

export const { declare, declareGet, declareGetAll, operation } = createOperations({
	readObject,
	pageReader,
});
