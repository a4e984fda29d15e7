import { flag, integer } from '../../../shared/operations/fields';
import { unsent } from '../../parameters';

export const waitUntilDone = unsent(
	flag(
		'wait_until_done',
		'Whether to wait until SePay has done it. Otherwise the tracking code is returned, for Get Job Status.',
		{ default: true },
	),
);

export const timeout = unsent(
	integer(
		'timeout',
		'How many seconds to wait for SePay, up to 3600. After that, the tracking code is returned and the job goes on.',
		{ default: 120, typeOptions: { minValue: 1, maxValue: 3600 } },
	),
);
