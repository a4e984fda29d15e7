import { resourceProperties } from '../../../../../nodes/shared/descriptions';
import { readObject } from '../../shared/payt';
import { multipartIn } from '../bodies';
import { administration } from '../fields';
import { binaryField, filePartsIn } from '../files';
import { writing } from '../operations';

export const order = resourceProperties('order', [
	writing(
		{
			name: 'Create',
			value: 'create',
			action: 'Create an order from a file',
			description:
				'Hand Payt a file with the lines of an order. Gives the address of the order in Payt ("deeplink_url").',
			path: '/v1/orders',
			main: [administration, binaryField],
		},
		async function (request, { file, ...body }) {
			const files = await filePartsIn(this, [file], 'order[file]');
			return [await readObject.call(this, multipartIn(request, body, files))];
		},
	),
]);
