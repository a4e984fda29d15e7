import { createHash } from 'crypto';
import type { IDataObject, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { isText } from '../../../../nodes/shared/envelopes';
import { invalid } from '../../../../nodes/shared/exchange';
import { send } from '../../../../nodes/shared/sending';
import { paytFiles, readList } from '../shared/payt';
import type { FilePart } from './bodies';
import { required, text, texts } from '../../../../nodes/shared/fields';

/** The name of the input field that holds a file. */
export const [binaryField] = required(
	text('file', undefined, {
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		default: 'data',
		hint: 'The name of the input field that holds the file',
	}),
);

/** The names of the input fields that hold files. */
export const attachments = texts('attachments', 'The names of the input fields with the files', {
	placeholder: 'e.g. data, data2',
});

/** The files of the item in the input fields of these names. */
export async function filePartsIn(
	context: IExecutePaginationFunctions,
	fields: unknown[],
	name = '',
): Promise<FilePart[]> {
	return await Promise.all(
		fields.map(async (given) => {
			const field = String(given);
			const { fileName = field, mimeType } = context.helpers.assertBinaryData(field);
			const bytes = await context.helpers.getBinaryDataBuffer(field);
			if (bytes.length > 0) return { name, fileName, contentType: mimeType, bytes };
			const displayName = `Input Binary Field "${field}"`;
			throw invalid(context, displayName, 'a file with content', 'It has no bytes.');
		}),
	);
}

/** Announces the file, and puts it where Payt says unless Payt has it already (reference: "Files"). */
export async function upload(
	this: IExecutePaginationFunctions,
	request: IHttpRequestOptions,
	{ administration_id, file }: IDataObject,
): Promise<IDataObject[]> {
	const [{ fileName: filename, contentType: content_type, bytes }] = await filePartsIn(this, [
		file,
	]);
	const checksum = createHash('sha3-512').update(bytes).digest('base64');
	const announced = { byte_size: bytes.length, checksum, content_type };
	const body = { administration_id, files: [announced] };
	const [place] = await readList.call(this, { ...request, body });
	const isWanted = isText(place?.url);
	if (isWanted) {
		const { origin, pathname, search } = new URL(String(place.url));
		await send.call(this, paytFiles, {
			method: 'PUT',
			baseURL: origin,
			url: pathname + search,
			headers: { 'Content-Type': content_type },
			body: bytes,
			timeout: request.timeout,
		});
	}
	return [{ ...announced, filename, uploaded: isWanted }];
}
