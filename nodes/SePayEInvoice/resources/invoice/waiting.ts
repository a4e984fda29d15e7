import { flag, integer, local } from '../../../shared/operations/fields';

export const waitUntilDone = local(
	flag(
		'wait_until_done',
		'Whether to wait until SePay has finished. Otherwise the node returns the tracking code, for Get Job Status.',
		{ default: true },
	),
);

export const timeout = local(
	integer(
		'timeout',
		'How many seconds to wait for SePay, up to 3600. After that, the node returns the tracking code and the job continues.',
		{
			displayName: 'Timeout (Seconds)',
			default: 120,
			typeOptions: { minValue: 1, maxValue: 3600 },
		},
	),
);
