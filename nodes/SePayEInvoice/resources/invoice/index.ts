import { resourceProperties } from '../../../shared/operations/descriptions';
import { create } from './create';
import { deleteDraft } from './deleteDraft';
import { download } from './download';
import { get } from './get';
import { getAll } from './getAll';
import { getJobStatus } from './getJobStatus';
import { issue } from './issue';

export const invoice = resourceProperties('invoice', [
	create,
	deleteDraft,
	download,
	get,
	getAll,
	getJobStatus,
	issue,
]);
