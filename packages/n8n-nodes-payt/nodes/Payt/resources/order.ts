import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { identity } from '../../../../../nodes/shared/operations/operations';
import { readObject } from '../../shared/payt';
import { administration } from '../fields';
import { binaryField, readFileParts } from '../files';
import { customWrite } from '../operations';
import { withMultipartBody } from '../requestBodies';

export const order = resourceProperties('order', [
	customWrite(
		{
			value: 'create',
			action: 'Create an order from a file',
			description:
				'Upload a file with the lines of an order. Returns the URL of the order in Payt ("deeplink_url").',
			path: '/v1/orders',
			main: [administration, binaryField],
		},
		async function (request, { file, ...body }) {
			const files = await readFileParts(this, [file], 'order[file]');
			return [await readObject.call(this, withMultipartBody(request, body, files))];
		},
		identity,
	),
]);
