import { readObject } from '../../../shared/bankHub/api';
import { local, required, text } from '../../../shared/operations/fields';
import { identity } from '../../../shared/operations/operations';
import { parameterError } from '../../../shared/operations/parameterError';
import { withMultipartBody } from '../../../shared/transport/multipart';
import { declare } from '../../operations';

const MAX_BYTES = 1_048_576;

const IMAGES = [
	{ name: 'JPG', mimeType: 'image/jpeg', extensions: ['jpg', 'jpeg'], begins: 'ffd8ff' },
	{ name: 'PNG', mimeType: 'image/png', extensions: ['png'], begins: '89504e470d0a1a0a' },
];

const binaryField = text(
	'binaryPropertyName',
	'A JPG or PNG image of up to 1 MB, with the matching file extension',
	{
		displayName: 'Input Binary Field',
		default: 'data',
		hint: 'The name of the input field that holds the image',
	},
);

export const uploadLogo = declare(
	{
		value: 'uploadLogo',
		action: 'Upload the logo of the merchant',
		description:
			'Replace the logo on the pages where customers link their bank accounts. The previous logo is deleted.',
		main: required(local(binaryField)),
	},
	{ method: 'POST', url: '/v1/merchant-config/logo' },
	async function (request) {
		const field = String(this.getNodeParameter('binaryPropertyName', 'data'));
		const { fileName, fileExtension } = this.helpers.assertBinaryData(field);
		const bytes = await this.helpers.getBinaryDataBuffer(field);
		const refuse = (wanted: string, hint: string) =>
			parameterError(this, `Input Binary Field "${field}"`, wanted, hint);

		const begin = bytes.subarray(0, 8).toString('hex');
		const image = IMAGES.find(({ begins }) => begin.startsWith(begins));
		if (!image) throw refuse('a JPG or PNG image', 'The file is neither.');
		if (bytes.length > MAX_BYTES) {
			throw refuse(`at most ${MAX_BYTES} bytes (1 MB)`, `It has ${bytes.length} bytes.`);
		}
		const { name, mimeType, extensions } = image;
		const extension = fileName?.includes('.') ? fileName.split('.').pop() : fileExtension;
		if (extension && !extensions.includes(extension.toLowerCase())) {
			const wanted = `a file whose name ends in .${extensions.join(' or .')}`;
			throw refuse(wanted, `The file is ${name}, but its name ends in .${extension}.`);
		}
		const file = { name: 'logo', fileName: `logo.${extensions[0]}`, contentType: mimeType, bytes };
		return [await readObject.call(this, withMultipartBody(request, [], [file]))];
	},
	identity,
);
