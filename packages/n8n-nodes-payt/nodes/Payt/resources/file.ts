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
				'Give Payt a PDF or UBL file and get its "checksum", which Invoice: Create or Update takes to attach it',
			path: '/v1/files',
			main: [administration, binaryField],
		},
		upload,
	),
]);
