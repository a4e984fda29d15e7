import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import { perItem, type InputItem } from '../../../shared/operations/declarativeAdapter';
import { collectionParameter, type Operation } from '../../../shared/operations/descriptions';
import { parameterError } from '../../../shared/operations/parameterError';
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
import { amount, parsePaymentAmount } from './fields';
import { bankNameOf, bankRuleFor, BANKS, composeMemo, memoWarnings } from './memo';

const OTHER = 'other';
const NAME = 'The QR service';
const PNG = '89504e470d0a1a0a';

const banks = [
	...BANKS.map((name) => ({ name, value: name })),
	{ name: 'Other', value: OTHER, description: 'By its short name, code or BIN' },
];

/** The QR's address, and what is in it. */
function composeQr(item: InputItem): IDataObject & { url: string } {
	const options = item.parameter('options', {}) as IDataObject;
	const chosen = String(item.parameter('bank'));
	const given = String(chosen === OTHER ? item.parameter('otherBank') : chosen).trim();
	if (!/^[0-9A-Za-z]{2,30}$/.test(given)) {
		throw parameterError(
			item,
			'Bank',
			'a short name, code or BIN such as MBBank',
			`It is "${given}".`,
		);
	}
	const bank = bankNameOf(given);
	const accountNumber = normalizeCode(item.parameter('accountNumber'));
	if (!/^[0-9A-Z]{4,19}$/.test(accountNumber)) {
		const hint = `It is "${String(item.parameter('accountNumber'))}".`;
		throw parameterError(item, 'Account Number', '4 to 19 letters and digits', hint);
	}
	const rule = bankRuleFor(bank, String(options.accountHolder ?? 'personal'));
	const memo = composeMemo(
		item,
		String(item.parameter('memo')),
		String(options.memoVa ?? ''),
		rule,
	);
	const amount = item.parameter('openAmount', false)
		? null
		: parsePaymentAmount(item, item.parameter('amount'));
	const address = String(options.qrService ?? '') || 'https://vietqr.app/img';
	if (!hostOf(address)) {
		throw parameterError(item, 'QR Service', 'a web address', 'Such as https://vietqr.app/img.');
	}
	const url = new URL(address);
	const query = {
		acc: accountNumber,
		bank,
		amount,
		des: memo,
		template: options.template,
		showinfo: options.showInfo && 'true',
		fullacc: options.showInfo && options.fullAccountNumber && 'true',
		holder: options.holderName,
		store: options.storeName,
	};
	for (const [name, value] of Object.entries(query)) {
		if (value) url.searchParams.set(name, String(value));
	}
	const warnings = memoWarnings(memo, rule, options.isVirtualAccount === true);
	return { url: url.href.replace(/\+/g, '%20'), bank, accountNumber, amount, memo, warnings };
}

/** Fetches the picture; the QR's address is all that is sent. */
async function downloadPicture(this: IExecuteFunctions, url: string): Promise<Buffer> {
	const host = hostOf(url)!;
	const signal = this.getExecutionCancelSignal();
	const { outcome } = await sendWithRetry(
		host,
		async () => {
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
		},
		true,
		signal,
	);
	const refused = (said: string, description: string) => {
		const message = `${NAME} gave no picture (${said})`;
		return new NodeApiError(this.getNode(), {}, { message, description });
	};
	if ('networkCode' in outcome) throw refused(outcome.networkCode, 'Check the network.');
	const { statusCode, body } = outcome.answer;
	const bytes = Buffer.from(body as ArrayBuffer);
	if (statusCode === 200 && bytes.toString('hex', 0, 8) === PNG) return bytes;
	const note = pageHint(NAME, bytes.toString('utf8', 0, 200));
	throw refused(`HTTP ${statusCode}`, `${note}Check Bank and Account Number.`);
}

export const createQr: Operation = {
	option: {
		name: 'Create QR',
		value: 'createQr',
		action: 'Create a payment QR',
		description:
			'Make the address of a VietQR picture that a customer scans to pay: account, amount and memo are filled in. No money moves, and no credential is needed.',
	},
	properties: [
		{
			displayName: 'Bank',
			name: 'bank',
			type: 'options',
			options: banks,
			default: 'MBBank',
			description: 'The bank of the account that the money goes to',
		},
		{
			displayName: 'Bank Short Name, Code or BIN',
			name: 'otherBank',
			type: 'string',
			required: true,
			displayOptions: { show: { bank: [OTHER] } },
			default: '',
			placeholder: 'e.g. 970422',
		},
		{
			displayName: 'Account Number',
			name: 'accountNumber',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 0071000888888',
			description: 'Number of the bank account, or of a virtual account (VA) of it',
		},
		{
			displayName: 'Leave Amount Open',
			name: 'openAmount',
			type: 'boolean',
			default: false,
			description: 'Whether the customer enters the amount',
		},
		{ ...amount, displayOptions: { show: { openAmount: [false] } } },
		{
			displayName: 'Memo',
			name: 'memo',
			type: 'string',
			default: '',
			placeholder: 'e.g. DH1042',
			description:
				'Payment code, or text with it. Accents are taken off, and SEVQR or TKP is put in front where the bank needs it.',
		},
		{
			displayName: 'Download Picture',
			name: 'download',
			type: 'boolean',
			default: false,
			description: 'Whether to fetch the picture as well, as a PNG file',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			displayOptions: { show: { download: [true] } },
			default: 'data',
			hint: 'The name of the output binary field to put the picture in',
		},
		collectionParameter('Options', 'options', 'Add option', [
			{
				displayName: 'Account Holder',
				name: 'accountHolder',
				type: 'options',
				options: [
					{ name: 'Person or Household Business', value: 'personal' },
					{ name: 'Company', value: 'company' },
				],
				default: 'personal',
				description:
					'BIDV and VietinBank have rules for people and household businesses: a VA at BIDV, SEVQR in the memo at VietinBank',
			},
			{
				displayName: 'Account Number Is a VA',
				name: 'isVirtualAccount',
				type: 'boolean',
				default: true,
				description:
					'Whether Account Number is a virtual account (VA), without which SePay sees no payment at OCB, KienLongBank, MSB and, unless a company holds it, BIDV',
			},
			{
				displayName: 'Full Account Number',
				name: 'fullAccountNumber',
				type: 'boolean',
				default: true,
				description: 'Whether Show Details prints the account number unmasked',
			},
			{
				displayName: 'Holder Name',
				name: 'holderName',
				type: 'string',
				default: '',
				placeholder: 'e.g. NGUYEN VAN A',
				description: 'Printed with the QR',
			},
			{
				displayName: 'Memo VA',
				name: 'memoVa',
				type: 'string',
				default: '',
				placeholder: 'e.g. TKPABC1',
				description:
					'Code of a virtual account that works by the memo, as at TPBank: the memo then begins with TKP and this code',
			},
			{
				displayName: 'QR Service',
				name: 'qrService',
				type: 'string',
				default: 'https://vietqr.app/img',
				description: 'Address that draws the QR; https://qr.sepay.vn/img is its older name',
			},
			{
				displayName: 'Show Details',
				name: 'showInfo',
				type: 'boolean',
				default: true,
				description: 'Whether to print the account details under the QR',
			},
			{
				displayName: 'Store Name',
				name: 'storeName',
				type: 'string',
				default: '',
				placeholder: 'e.g. HOA SEN',
				description: 'Printed with the QR',
			},
			{
				displayName: 'Template',
				name: 'template',
				type: 'options',
				options: [
					{ name: 'Compact', value: 'compact' },
					{ name: 'Default Frame', value: '' },
					{ name: 'QR Only', value: 'qronly' },
					{ name: 'Standee', value: 'standee' },
				],
				default: '',
				description: 'What the picture shows around the QR',
			},
		]),
	],
	run: perItem(async function (item) {
		const json = composeQr(item);
		if (!item.parameter('download', false)) return { json };
		const file = `${json.accountNumber as string}.png`;
		const picture = await downloadPicture.call(this, json.url);
		const data = await this.helpers.prepareBinaryData(picture, file, 'image/png');
		return { json, binary: { [String(item.parameter('binaryPropertyName', 'data'))]: data } };
	}),
};
