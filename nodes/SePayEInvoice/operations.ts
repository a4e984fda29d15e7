import { pageReader, readObject } from '../shared/eInvoice/api';
import { createOperations } from '../shared/operations/operations';
import { parseCode } from './parameters';

export const { declare, declareGet, declareGetAll, operation } = createOperations({
	readObject,
	pageReader,
	parseId: parseCode,
});
