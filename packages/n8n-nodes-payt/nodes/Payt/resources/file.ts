import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import {
	asBoolean,
	asInteger,
	asSentText,
	from,
	outputOf,
} from '../../../../../nodes/shared/operations/output';
import { binaryField, upload } from '../files';
import { customWrite } from '../operations';

export const file = resourceProperties('file', [
	customWrite(
		{ one: 'a file', path: '/v1/files' },
		{
			value: 'upload',
			description:
				'Upload a PDF or UBL file and return its "checksum". Invoice: Create or Update uses the checksum to attach the file.',
			main: [binaryField],
		},
		upload,
		outputOf({
			byte_size: from('byte_size', asInteger),
			checksum: from('checksum', asSentText),
			content_type: from('content_type', asSentText),
			filename: from('filename', asSentText),
			uploaded: from('uploaded', asBoolean),
		}),
	),
]);
