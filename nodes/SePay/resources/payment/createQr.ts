import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import { perItem } from '../../../shared/operations/declarativeAdapter';
import {
	declareCustom,
	fieldType,
	flag,
	matching,
	option,
	readForm,
	required,
	showFor,
	text,
	type OperationForm,
} from '../../../shared/operations/fields';
import {
	asInteger,
	asSentText,
	asTexts,
	from,
	orNull,
	outputOf,
} from '../../../shared/operations/output';
import { parameterError, type ParameterContext } from '../../../shared/operations/parameterError';
import { sePay } from '../../../shared/sePay/oAuth2Api';
import { pageHint } from '../../../shared/transport/errors';
import { acquireRateLimitSlot } from '../../../shared/transport/rateLimiter';
import {
	hostOf,
	networkErrorOf,
	sendWithRetry,
	TIMEOUT_MS,
} from '../../../shared/transport/sending';
import { normalizeCode } from '../../../shared/values';
import { amount } from './fields';
import { bankNameOf, bankRuleFor, BANKS, composeMemo, memoWarnings } from './memo';

const OTHER = 'other';
const NAME = 'The QR service';
const PNG = '89504e470d0a1a0a';

function composeQr(context: ParameterContext, given: IDataObject): IDataObject {
	const bank = bankNameOf(String(given.otherBank ?? given.bank));
	const { accountNumber, amount = null } = given;
	const rule = bankRuleFor(bank, String(given.accountHolder ?? 'personal'));
	const memo = composeMemo(context, String(given.memo ?? ''), String(given.memoVa ?? ''), rule);
	const url = new URL(String(given.qrService ?? 'https://vietqr.app/img'));
	const query = {
		acc: accountNumber,
		bank,
		amount,
		des: memo,
		template: given.template,
		showinfo: given.showInfo && 'true',
		fullacc: given.showInfo && given.fullAccountNumber && 'true',
		holder: given.holderName,
		store: given.storeName,
	};
	for (const [name, value] of Object.entries(query)) {
		if (value) url.searchParams.set(name, String(value));
	}
	const warnings = memoWarnings(memo, rule, given.isVirtualAccount === true);
	return { url: url.href.replace(/\+/g, '%20'), bank, accountNumber, amount, memo, warnings };
}

/** Fetches the picture; the QR's address is all that is sent. */
async function downloadPicture(this: IExecuteFunctions, url: string): Promise<Buffer> {
	const host = hostOf(url)!;
	const signal = this.getExecutionCancelSignal();
	const ask = async () => {
		await acquireRateLimitSlot(host, sePay.rateLimit, signal);
		const asking = this.helpers.httpRequest({
			url,
			encoding: 'arraybuffer',
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		});
		return await asking.then(
			(answer: IN8nHttpFullResponse) => ({ answer }),
			(error) => {
				const networkCode = networkErrorOf(error);
				if (networkCode) return { networkCode };
				throw new NodeApiError(this.getNode(), error);
			},
		);
	};
	const { outcome } = await sendWithRetry(host, ask, true, signal);
	const refused = (said: string, description: string) => {
		const message = `${NAME} returned no image (${said})`;
		return new NodeApiError(this.getNode(), {}, { message, description });
	};
	if ('networkCode' in outcome)
		throw refused(outcome.networkCode, 'Check the network and try again.');
	const { statusCode, body } = outcome.answer;
	const bytes = Buffer.from(body as ArrayBuffer);
	if (statusCode === 200 && bytes.toString('hex', 0, 8) === PNG) return bytes;
	const note = pageHint(NAME, bytes.toString('utf8', 0, 200));
	throw refused(`HTTP ${statusCode}`, `${note}Check Bank and Account Number.`);
}

const shortName = matching(/^[0-9A-Za-z]{2,30}$/, 'a short name, code or BIN like MBBank');

const accountNumber = fieldType('string', (context, displayName, value) => {
	const found = normalizeCode(value);
	if (/^[0-9A-Z]{4,19}$/.test(found)) return found;
	throw parameterError(context, displayName, '4 to 19 letters and digits', `It is "${value}".`);
});

const webAddress = fieldType('string', (context, displayName, value) => {
	if (hostOf(String(value))) return String(value);
	throw parameterError(context, displayName, 'a URL', 'Example: https://vietqr.app/img');
});

const form: OperationForm = {
	value: 'createQr',
	action: 'Create a payment QR',
	description:
		'Create a VietQR code for a payment (URL and image). It contains the account, amount and memo. No money moves, and no credential is needed.',
	main: [
		shortName('bank', 'The bank of the account that receives the money', {
			type: 'options',
			options: [
				...BANKS.map((name) => ({ name, value: name })),
				{ name: 'Other', value: OTHER, description: 'Enter its short name, code or BIN' },
			],
			default: 'MBBank',
		}),
		...required(
			...showFor({ bank: [OTHER] }, [
				shortName('otherBank', '', {
					displayName: 'Bank Short Name, Code or BIN',
					placeholder: 'e.g. 970422',
				}),
			]),
			accountNumber(
				'accountNumber',
				'Number of the bank account, or of one of its virtual accounts (VAs)',
				{ placeholder: 'e.g. 0071000888888' },
			),
		),
		flag('openAmount', 'Whether the payer enters the amount', { displayName: 'Leave Amount Open' }),
		...showFor({ openAmount: [false] }, [amount]),
		text(
			'memo',
			'Payment code, or text that contains it. Accents are removed. The prefix SEVQR or TKP is added where the bank requires it.',
			{ placeholder: 'e.g. DH1042' },
		),
		flag('download', 'Whether to also download the image, as a PNG file', {
			displayName: 'Download Image',
		}),
		...required(
			...showFor({ download: [true] }, [
				text('binaryPropertyName', '', {
					displayName: 'Put Output File in Field',
					default: 'data',
					hint: 'The name of the output binary field to put the image in',
				}),
			]),
		),
	],
	options: [
		option(
			'accountHolder',
			[],
			'BIDV and VietinBank have extra rules for people and household businesses. BIDV requires a VA; VietinBank requires SEVQR in the memo.',
			{
				options: [
					{ name: 'Person or Household Business', value: 'personal' },
					{ name: 'Company', value: 'company' },
				],
				default: 'personal',
			},
		),
		flag(
			'isVirtualAccount',
			'Whether Account Number is a virtual account (VA). SePay sees payments at OCB, KienLongBank and MSB, and to personal accounts at BIDV, only through a VA.',
			{ displayName: 'Account Number Is a VA', default: true },
		),
		flag('fullAccountNumber', 'Whether Show Details prints the full account number, unmasked', {
			default: true,
		}),
		text('holderName', 'Account holder, printed with the QR code', {
			placeholder: 'e.g. NGUYEN VAN A',
		}),
		text(
			'memoVa',
			'Code of a memo-based virtual account, as used at TPBank. The memo then starts with TKP and this code.',
			{ displayName: 'Memo VA', placeholder: 'e.g. TKPABC1' },
		),
		webAddress(
			'qrService',
			'URL of the service that draws the QR code. https://qr.sepay.vn/img is the older one.',
			{ default: 'https://vietqr.app/img' },
		),
		flag('showInfo', 'Whether to print the account details under the QR code', {
			displayName: 'Show Details',
			default: true,
		}),
		text('storeName', 'Store, printed with the QR code', { placeholder: 'e.g. HOA SEN' }),
		option('template', [], 'What the image shows around the QR code', {
			options: [
				{ name: 'Compact', value: 'compact' },
				{ name: 'Default Frame', value: '' },
				{ name: 'QR Only', value: 'qronly' },
				{ name: 'Standee', value: 'standee' },
			],
			default: '',
		}),
	],
};

const toOutput = outputOf({
	url: from('url', asSentText),
	bank: from('bank', asSentText),
	accountNumber: from('accountNumber', asSentText),
	amount: from('amount', orNull(asInteger)),
	memo: from('memo', asSentText),
	warnings: from('warnings', asTexts),
});

export const createQr = declareCustom(
	form,
	toOutput,
	perItem(async function (item) {
		const { download, binaryPropertyName, ...given } = readForm(item, form);
		const json = toOutput(composeQr(item, given));
		if (!download) return { json };
		const file = `${String(json.accountNumber)}.png`;
		const picture = await downloadPicture.call(this, String(json.url));
		const data = await this.helpers.prepareBinaryData(picture, file, 'image/png');
		return { json, binary: { [String(binaryPropertyName)]: data } };
	}),
);
