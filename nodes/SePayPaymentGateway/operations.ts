import { createOperations } from '../shared/operations/operations';
import { pageReader, readObject } from '../shared/paymentGateway/api';

export const { declare, listRows } = createOperations({ readObject, pageReader });
