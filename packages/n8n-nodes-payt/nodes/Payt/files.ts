import { createHash } from 'crypto';
import type { IDataObject, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { required, text, textList } from '../../../../nodes/shared/operations/fields';
import { parameterError } from '../../../../nodes/shared/operations/parameterError';
import type { FilePart } from '../../../../nodes/shared/transport/multipart';
import { send } from '../../../../nodes/shared/transport/sending';
import { isNonEmptyText } from '../../../../nodes/shared/values';
import { paytFiles, readList } from '../shared/payt';

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
export const attachments = textList(
	'attachments',
	'The names of the input fields that hold the files',
	{ placeholder: 'e.g. data, data2' },
);

/** The files of the item in the input fields of these names. */
export async function readFileParts(
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
			throw parameterError(context, displayName, 'a file with content', 'The file is empty.');
		}),
	);
}

/** Announces the file, and puts it where Payt says unless Payt has it already (reference: "Files"). */
export async function upload(
	this: IExecutePaginationFunctions,
	request: IHttpRequestOptions,
	{ administration_id, file }: IDataObject,
): Promise<IDataObject[]> {
	const [{ fileName: filename, contentType: content_type, bytes }] = await readFileParts(this, [
		file,
	]);
	const checksum = createHash('sha3-512').update(bytes).digest('base64');
	const announced = { byte_size: bytes.length, checksum, content_type };
	const body = { administration_id, files: [announced] };
	const [place] = await readList.call(this, { ...request, body });
	const isWanted = isNonEmptyText(place?.url);
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
