import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { administration } from '../fields';
import { binaryField, upload } from '../files';
import { customWrite } from '../operations';

export const file = resourceProperties('file', [
	customWrite(
		{
			name: 'Upload',
			value: 'upload',
			action: 'Upload a file',
			description:
				'Upload a PDF or UBL file and return its "checksum". Invoice: Create or Update uses the checksum to attach the file.',
			path: '/v1/files',
			main: [administration, binaryField],
		},
		upload,
	),
]);
