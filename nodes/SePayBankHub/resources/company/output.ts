import { simplifyWith } from '../../../shared/operations/operations';
import {
	asBoolean,
	asInteger,
	asSentText,
	asText,
	asTime,
	from,
	orString,
	outputOf,
	valueType,
} from '../../../shared/operations/output';

const asOnOrOff = valueType(
	'boolean',
	(value) => ({ on: true, off: false })[String(value)] ?? asText.convert(value),
);

const columns = {
	xid: from('xid', asSentText),
	fullName: from('full_name', asText),
	status: from('status', asText),
	active: from('active', asBoolean),
	createdAt: from('created_at', asTime),
	updatedAt: from('updated_at', asTime),
};

/** The company as the Simplify parameter wants it. */
export const toCompany = simplifyWith(
	outputOf({
		...columns,
		paymentCode: from('configuration.payment_code', asOnOrOff),
		paymentCodePrefix: from('configuration.payment_code_prefix', asText),
		paymentCodeSuffixFrom: from('configuration.payment_code_suffix_from', asInteger),
		paymentCodeSuffixTo: from('configuration.payment_code_suffix_to', asInteger),
		paymentCodeCharacters: from('configuration.payment_code_suffix_character_type', asText),
		transactionAllowance: from('configuration.transaction_amount', orString(asInteger)),
		dataStorageTime: from('configuration.data_storage_time', asText),
	}),
);

/** The same of a list, which does not tell the configuration. */
export const toListedCompany = simplifyWith(outputOf(columns));
