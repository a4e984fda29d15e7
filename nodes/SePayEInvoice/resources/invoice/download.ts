import type {
	DeclarativeRestApiSettings,
	IBinaryData,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { invoiceFiles, readObject } from '../../../shared/eInvoice/api';
import {
	allFieldsOf,
	declareOperation,
	local,
	option,
	required,
	text,
} from '../../../shared/operations/fields';
import { asSentText, asTexts, from, outputOf } from '../../../shared/operations/output';
import { send } from '../../../shared/transport/sending';
import { isNonEmptyText } from '../../../shared/values';
import { blocked, findInvoice, isNotFound } from '../../jobs';
import { operation } from '../../operations';
import { referenceCode } from '../../parameters';

type FileType = 'pdf' | 'xml';

/** A file of an invoice; `content` is base64. */
interface InvoiceFile {
	fileName: string;
	content: string;
}

const MIME_TYPES: Record<FileType, string> = { pdf: 'application/pdf', xml: 'application/xml' };
/** How files begin, so that a page with an error is not taken for one. */
const BEGINNINGS: Record<FileType, RegExp> = {
	pdf: /^%PDF/,
	xml: /^\s*(\uFEFF)?\s*<(?!!doctype html|html)/i,
};

const safeName = (name: unknown) => String(name).replace(/[\\/:*?"<>|\s]+/g, '_');

/** The file by the link in the invoice, which leads to the site of the provider. */
async function readLinked(
	this: IExecutePaginationFunctions,
	code: string,
	type: FileType,
): Promise<InvoiceFile> {
	const invoice = await findInvoice.call(this, code);
	const isIssued = invoice && invoice.status !== 'draft';
	const link = invoice?.[`${type}_url`];
	if (!isIssued || !isNonEmptyText(link)) {
		throw blocked(
			this,
			`The invoice ${code} has no ${type.toUpperCase()}`,
			isIssued
				? 'The provider has not created it yet, or does not offer it. Try again later.'
				: 'Only issued invoices have files. Check the reference code, or issue the invoice first.',
		);
	}
	const { origin, pathname, search } = new URL(String(link));
	const { body } = await send.call(this, invoiceFiles, {
		baseURL: origin,
		url: pathname + search,
		encoding: 'arraybuffer',
	});
	const { invoice_series: series, invoice_number: number, issued_date: day } = invoice;
	const parts = ['HD', ...(isNonEmptyText(series) ? [series] : []), number, day];
	return {
		fileName: `${parts.join('_')}.${type}`,
		content: Buffer.from(body as Buffer).toString('base64'),
	};
}

/**
 * A file of an invoice. SePay's documents name the tracking code in one place and the reference code
 * in another: where SePay does not know the latter, the link in the invoice leads to the file.
 */
async function readFile(
	this: IExecutePaginationFunctions,
	url: string,
	code: string,
	type: FileType,
): Promise<InvoiceFile> {
	const answer = await readObject.call(this, { url, qs: { type } }).catch((error) => {
		if (isNotFound(error)) return undefined;
		throw error;
	});
	const file = answer
		? { fileName: String(answer.file_name), content: String(answer.content) }
		: await readLinked.call(this, code, type);
	const text = Buffer.from(file.content, 'base64').toString('utf8', 0, 64);
	if (BEGINNINGS[type].test(text)) return { ...file, fileName: safeName(file.fileName) };
	const hint = 'Try again later, or download it at my.sepay.vn.';
	throw blocked(this, `The file of the invoice ${code} is not a valid ${type.toUpperCase()}`, hint);
}

const form = {
	value: 'download',
	action: 'Download an invoice',
	description: 'Download an issued invoice as PDF, XML or both, as files for the next nodes',
	main: [
		referenceCode,
		option('type', ['pdf', 'pdfAndXml', 'xml'], undefined, {
			name: 'file',
			options: [
				{ name: 'PDF', value: 'pdf' },
				{ name: 'PDF and XML', value: 'pdfAndXml' },
				{ name: 'XML', value: 'xml', description: 'The legally valid invoice' },
			],
		}),
		...required(
			text('field', undefined, {
				displayName: 'Put Output File in Field',
				name: 'binaryPropertyName',
				default: 'data',
				hint: 'The name of the output binary field to put the file in',
				description: 'With both files, the XML goes to a field with this name followed by _xml',
			}),
		),
	].map(local),
};

const readFiles = operation(async function ({ url }) {
	const code = decodeURIComponent(/invoices\/([^/]+)\/download$/.exec(url)![1]);
	const chosen = this.getNodeParameter('file', 'pdf');
	const types: FileType[] = chosen === 'pdfAndXml' ? ['pdf', 'xml'] : [chosen as FileType];
	const files: IDataObject = {};
	for (const type of types) files[type] = { ...(await readFile.call(this, url, code, type)) };
	return [{ referenceCode: code, files }];
}, allFieldsOf(form));

async function withBinary(
	this: IExecutePaginationFunctions,
	item: INodeExecutionData,
): Promise<INodeExecutionData> {
	const { files, ...json } = item.json;
	if (!files) return item;
	const field = String(this.getNodeParameter('binaryPropertyName', 'data')).trim() || 'data';
	const binary: Record<string, IBinaryData> = {};
	const names: string[] = [];
	const found = Object.entries(files) as Array<[FileType, InvoiceFile]>;
	for (const [type, { content, fileName }] of found) {
		const bytes = Buffer.from(content, 'base64');
		const isSecond = type === 'xml' && found.length > 1;
		binary[isSecond ? `${field}_xml` : field] = await this.helpers.prepareBinaryData(
			bytes,
			fileName,
			MIME_TYPES[type],
		);
		names.push(fileName);
	}
	return { ...item, json: { ...json, fileNames: names }, binary };
}

export const download = declareOperation(
	form,
	{ method: 'GET', url: '/v1/invoices/{referenceCode}/download' },
	async function (
		this: IExecutePaginationFunctions,
		request: DeclarativeRestApiSettings.ResultOptions,
	) {
		const items = await readFiles.call(this, request);
		return await Promise.all(items.map(async (item) => await withBinary.call(this, item)));
	},
	outputOf({
		referenceCode: from('referenceCode', asSentText),
		fileNames: from('fileNames', asTexts),
	}),
);
