import { randomBytes } from 'crypto';
import type { Operation } from '../../../shared/operations/descriptions';
import { identity } from '../../../shared/operations/operations';
import { parameterError } from '../../../shared/operations/parameterError';
import { readOne } from '../../operations';

const MAX_BYTES = 1_048_576;

/** The images that SePay takes and how their files begin. */
const IMAGES = [
	{ name: 'JPG', mimeType: 'image/jpeg', extensions: ['jpg', 'jpeg'], begins: 'ffd8ff' },
	{ name: 'PNG', mimeType: 'image/png', extensions: ['png'], begins: '89504e470d0a1a0a' },
];

export const uploadLogo: Operation = {
	option: {
		name: 'Upload Logo',
		value: 'uploadLogo',
		action: 'Upload the logo of the merchant',
		description:
			'Replace the logo on the pages where customers link their bank accounts; the former one is deleted',
		routing: {
			request: { method: 'POST', url: '/v1/merchant-config/logo' },
			operations: {
				pagination: readOne(identity, async function (request) {
					const field = String(this.getNodeParameter('binaryPropertyName', 'data'));
					const { fileName, fileExtension } = this.helpers.assertBinaryData(field);
					const bytes = await this.helpers.getBinaryDataBuffer(field);
					const refuse = (wanted: string, hint: string) =>
						parameterError(this, `Input Binary Field "${field}"`, wanted, hint);

					const begin = bytes.subarray(0, 8).toString('hex');
					const image = IMAGES.find(({ begins }) => begin.startsWith(begins));
					if (!image) throw refuse('a JPG or PNG image', 'Its content is neither of them.');
					if (bytes.length > MAX_BYTES) {
						throw refuse(`at most ${MAX_BYTES} bytes (1 MB)`, `It has ${bytes.length} bytes.`);
					}
					const { name, mimeType, extensions } = image;
					const extension = fileName?.includes('.') ? fileName.split('.').pop() : fileExtension;
					if (extension && !extensions.includes(extension.toLowerCase())) {
						const wanted = `a file whose name ends in .${extensions.join(' or .')}`;
						throw refuse(wanted, `Its content is ${name}, its name ends in .${extension}.`);
					}
					const boundary = randomBytes(16).toString('hex');
					request.headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
					// Bytes, which n8n sends once more after it has renewed the sign-in, as it does not with a form.
					request.body = Buffer.concat([
						Buffer.from(
							`--${boundary}\r\nContent-Disposition: form-data; name="logo"; filename="logo.${extensions[0]}"\r\nContent-Type: ${mimeType}\r\n\r\n`,
						),
						bytes,
						Buffer.from(`\r\n--${boundary}--\r\n`),
					]);
				}),
			},
		},
	},
	properties: [
		{
			displayName: 'Input Binary Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the input field that holds the image',
			description: 'A JPG or PNG image of at most 1 MB, with the matching extension in its name',
		},
	],
};
