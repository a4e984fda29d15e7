import { createOperations } from '../../../../nodes/shared/operations/operations';
import { pageReader, readObject } from '../shared/payt';

export const { declare, declareCall, declareGetAll } = createOperations({
	readObject,
	pageReader,
	mayBeEmpty: ['labels', 'payments', 'invoiceLines'],
});
