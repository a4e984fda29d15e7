import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { multiOption } from '../../../../../nodes/shared/operations/fields';
import { fieldSelection, recordId } from '../fields';
import { get, getAll, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a PSP transaction',
	path: '/v1/psp_transactions',
	fields:
		fieldSelection(`bank_account_name bank_account_number currency_code invoice_ids payment_method
		reversal_code status amount book_amount administration_id debtor_id id paid_at updated_at`),
};

const STATUSES = 'cancelled charged_back failed paid pending processing refunded';
const PAYMENT_METHODS = `afterpay alipay amazonpay applepay bancomatpay bacs_direct_debit bancontact
	banktransfer belfius billink bitcoin capayable cashly creditcard creditclick direct_debit eps
	focum giropay googlepay ideal in3 inghomepay kbc klarnapaylater klarnasliceit maestro minitix
	multibanco mybank paybybank payconiq payto paypal paysafecard phone_payment przelewy24 sofort
	spraypay trustly twikey unknown voucher wechat`;
const NAMES = {
	amazonpay: 'Amazon Pay',
	applepay: 'Apple Pay',
	bancomatpay: 'BANCOMAT Pay',
	banktransfer: 'Bank Transfer',
	creditcard: 'Credit Card',
	googlepay: 'Google Pay',
	ideal: 'iDEAL',
	in3: 'in3',
	inghomepay: "ING Home'Pay",
	klarnapaylater: 'Klarna Pay Later',
	klarnasliceit: 'Klarna Slice It',
	mybank: 'MyBank',
	paybybank: 'Pay by Bank',
	paypal: 'PayPal',
	payto: 'PayTo',
	przelewy24: 'Przelewy24',
	spraypay: 'SprayPay',
	wechat: 'WeChat',
};

export const pspTransaction = resourceProperties('pspTransaction', [
	get(
		resource,
		recordId('pspTransactionId'),
		'Retrieve one transaction of a payment service provider (PSP), for example an iDEAL payment',
	),
	getAll(
		resource,
		'Retrieve the transactions of payment service providers (PSP), for example paid or charged-back ones',
		[
			multiOption(
				'payment_methods',
				PAYMENT_METHODS,
				'Return only transactions by these methods',
				NAMES,
			),
			multiOption('statuses', STATUSES, 'Return only transactions with these statuses'),
		],
	),
]);
