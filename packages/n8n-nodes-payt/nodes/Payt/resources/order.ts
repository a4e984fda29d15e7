import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { withMultipartBody } from '../../../../../nodes/shared/transport/multipart';
import { readObject } from '../../shared/payt';
import { binaryField, readFileParts } from '../files';
import { customWrite } from '../operations';
import { toPairs } from '../requestBodies';

export const order = resourceProperties('order', [
	customWrite(
		{ one: 'an order', path: '/v1/orders' },
		{
			value: 'create',
			action: 'Create an order from a file',
			description:
				'Upload a file with the lines of an order. Returns the URL of the order in Payt ("deeplink_url").',
			main: [binaryField],
		},
		async function (request, { file, ...body }) {
			const files = await readFileParts(this, [file], 'order[file]');
			return [await readObject.call(this, withMultipartBody(request, toPairs(body), files))];
		},
	),
]);
