import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { OperationHandler } from '../../../../nodes/shared/operations/declarativeAdapter';
import type { Operation } from '../../../../nodes/shared/operations/descriptions';
import {
	idList,
	required,
	type Field,
	type OperationForm,
} from '../../../../nodes/shared/operations/fields';
import {
	asSentText,
	asTexts,
	from,
	outputOf,
	valueType,
	type OutputMapper,
} from '../../../../nodes/shared/operations/output';
import { identity } from '../../../../nodes/shared/operations/operations';
import { fieldsOf } from '../../../../nodes/shared/values';
import { readObject } from '../shared/payt';
import { administration, dateTime } from './fields';
import { declare, declareGetAll } from './operationHandlers';
import { sendInBatch, type BatchOptions } from './recordBatches';
import { withBody, type BodyEncoding } from './requestBodies';

/** How many records go in one call; no document names a limit. */
export const MAX_RECORDS = 500;

/** A kind of record that Payt keeps. */
export interface ResourceInfo {
	/** With its article, such as "an invoice". */
	one: string;
	many: string;
	path: string;
	/** The Fields option, where Payt has it. */
	fields?: Field;
	/** Whether Payt has it outside of administrations. */
	isGlobal?: boolean;
}

const inAdministration = ({ isGlobal }: ResourceInfo) => (isGlobal ? [] : [administration]);

/** Reads one record. `identifier` holds its ID, or a number of a kind that Payt finds it by as well. */
export function get(resource: ResourceInfo, identifier: Field, description: string): Operation {
	const { one, path, fields } = resource;
	const { name, modes } = identifier.parameter;
	return declare(
		{
			value: 'get',
			action: `Get ${one}`,
			description,
			main: [...inAdministration(resource), identifier],
			options: fields ? [fields] : [],
		},
		{ method: 'GET', url: `${path}/{${name}}` },
		async function (request) {
			const { mode } = Object(this.getNodeParameter(name));
			const isNumber = modes && !['list', 'id'].includes(mode);
			const qs = { ...request.qs, ...(isNumber && { identifier_type: mode }) };
			return [await readObject.call(this, { ...request, qs })];
		},
		identity,
	);
}

const list = (url: string, form: OperationForm) => declareGetAll(form, url, identity);

/** Reads the list of records. */
export function getAll(
	resource: ResourceInfo,
	description: string,
	filters: Field[] = [],
	options: Field[] = [],
): Operation {
	return list(resource.path, {
		value: 'getAll',
		action: `Get many ${resource.many}`,
		description,
		main: inAdministration(resource),
		filters,
		options: resource.fields ? [...options, resource.fields] : options,
	});
}

/** Reads the list of deleted records. */
export function getAllDeleted({ many, path }: ResourceInfo): Operation {
	return list(`${path}/deleted`, {
		value: 'getAllDeleted',
		action: `Get many deleted ${many}`,
		description: `Retrieve the ${many} deleted at Payt in the last 90 days, so that you can delete your copies`,
		main: [
			administration,
			...required(dateTime('deleted_after', 'Return only records deleted after this time')),
		],
		filters: [dateTime('deleted_before', 'Return only records deleted before this time')],
	});
}

type WriteForm = OperationForm & { method?: IHttpRequestMethods; path: string };

/** What is given to the handler of a write: the request with the checked fields as its body, and these. */
type WriteHandler = (
	this: ThisParameterType<OperationHandler>,
	request: IHttpRequestOptions,
	body: IDataObject,
) => Promise<IDataObject[]>;

/** A write whose handler sends it. */
export const customWrite = (
	{ method = 'POST', path: url, ...form }: WriteForm,
	handler: WriteHandler,
	mapOutput: OutputMapper,
): Operation =>
	declare(
		form,
		{ method, url },
		async function (request) {
			return await handler.call(this, request, fieldsOf(request.body));
		},
		mapOutput,
	);

/** A write that gives the record as it is then. */
export function write(call: WriteForm & { form?: BodyEncoding; shape?: OutputMapper }): Operation {
	const { form, shape = identity } = call;
	const handler: WriteHandler = async function (request, body) {
		return [await readObject.call(this, withBody(form, request, body))];
	};
	return customWrite(call, handler, shape);
}

/** A write of records, those of all items together, of which Payt tells which it took. */
export function writeRecords(call: WriteForm & BatchOptions): Operation {
	const together = ' The node sends the records of all items in as few calls as possible.';
	const description = call.description.replace(/\.?$/, `.${together}`);
	return customWrite(
		call.most > 1 ? { ...call, description } : call,
		async function (request, body) {
			return await sendInBatch(this, request, body, call);
		},
		outcomeOf(call),
	);
}

/** What became of a record: the fields that name it, and what Payt says of it. */
const outcomeOf = ({ keys }: BatchOptions) =>
	outputOf({
		...Object.fromEntries(
			keys.map((key) => key.replace(/s$/, '')).map((name) => [name, from(name, asSentText)]),
		),
		success: from('success', valueType('boolean')),
		warnings: from('warnings', asTexts),
	});

/** Creates records, or updates those that have one of the keys already. */
export function upsert(
	{ one, path }: ResourceInfo,
	description: string,
	form: Pick<WriteForm & BatchOptions, 'keys' | 'main' | 'additionalFields'>,
): Operation {
	return writeRecords({
		name: 'Create or Update',
		value: 'upsert',
		action: `Create or update ${one}`,
		description,
		path,
		noun: one.replace(/^an? /, ''),
		most: MAX_RECORDS,
		pack: (records) => ({ [path.replace('/v1/', '')]: records }),
		...form,
	});
}

export const IDS = idList('ids', 'Return only records with these Payt IDs');

export const UPDATED_AFTER = dateTime(
	'updated_after',
	'Return only records changed after this time. Use the latest "updated_at" from your previous run.',
);
