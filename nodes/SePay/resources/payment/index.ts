import { resourceProperties } from '../../../shared/operations/descriptions';
import { createQr } from './createQr';
import { generateCode } from './generateCode';
import { match } from './match';
import { waitForPayment } from './waitForPayment';

const operations = [createQr, generateCode, match, waitForPayment];

export const payment = resourceProperties('payment', operations);

/** What n8n runs in place of its declarative engine, by operation. */
export const paymentOperations = Object.fromEntries(
	operations.map(({ option, run }) => [option.value, run!]),
);
