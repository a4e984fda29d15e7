import { createOperations } from '../shared/operations/operations';
import { pageReader, readObject } from '../shared/paymentGateway/api';
import { orderIdFrom } from './fields';

export const { declare } = createOperations({ readObject, pageReader, parseId: orderIdFrom });
