import type { IDataObject, IHttpRequestMethods, INodeProperties } from 'n8n-workflow';
import type { OperationHandler } from '../../../../nodes/shared/operations/declarativeAdapter';
import type { Operation } from '../../../../nodes/shared/operations/descriptions';
import {
	allFieldsOf,
	declareOperation,
	idList,
	parseFields,
	required,
	type Field,
	type OperationForm,
} from '../../../../nodes/shared/operations/fields';
import type { OutputMapper } from '../../../../nodes/shared/operations/operations';
import { readObject } from '../shared/payt';
import { administration, dateTime } from './fields';
import { identity, operation, readMany, readOne } from './operationHandlers';
import { sendInBatch, type BatchOptions } from './recordBatches';
import { withBody, type BodyEncoding } from './requestBodies';

/** How many records go in one call; no document names a limit. */
export const MAX_RECORDS = 500;

/** A kind of record that Payt keeps. */
export interface ResourceInfo {
	/** With its article, such as "an invoice". */
	one: string;
	many: string;
	/** Path of the list. */
	path: string;
	/** The Fields option, where Payt has it. */
	fields?: Field;
	/** Whether Payt has it outside of administrations. */
	isGlobal?: boolean;
}

const inAdministration = ({ isGlobal }: ResourceInfo) => (isGlobal ? [] : [administration]);

/** Reads one record. `identifier` holds its ID, or a number of a kind that Payt finds it by as well. */
export function get(
	resource: ResourceInfo,
	identifier: INodeProperties,
	description: string,
): Operation {
	const { one, path, fields } = resource;
	const form = {
		name: 'Get',
		value: 'get',
		action: `Get ${one}`,
		description,
		main: inAdministration(resource),
		inPath: [identifier],
		options: fields ? [fields] : [],
	};
	const url = `${path}/{${identifier.name}}`;
	const handler = readOne(identity, function (request) {
		request.qs = parseFields(this, request.qs, allFieldsOf(form));
		const { mode } = Object(this.getNodeParameter(identifier.name));
		if (identifier.modes && !['list', 'id'].includes(mode)) request.qs.identifier_type = mode;
	});
	return declareOperation(form, { method: 'GET', url }, handler);
}

function list(url: string, form: OperationForm): Operation {
	const handler = readMany(identity, function (request) {
		request.qs = parseFields(this, request.qs, allFieldsOf(form));
	});
	return declareOperation({ isList: true, ...form }, { method: 'GET', url }, handler);
}

/** Reads the list of records. */
export function getAll(
	resource: ResourceInfo,
	description: string,
	filters: Field[] = [],
	options: Field[] = [],
): Operation {
	return list(resource.path, {
		name: 'Get Many',
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
		name: 'Get Many Deleted',
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

/** A write whose exchange gets the checked fields. */
export function customWrite(
	{ method = 'POST', path: url, ...form }: WriteForm,
	handler: (
		this: ThisParameterType<OperationHandler>,
		request: Parameters<OperationHandler>[0],
		body: IDataObject,
	) => Promise<IDataObject[]>,
): Operation {
	return declareOperation(
		form,
		{ method, url },
		operation(async function (request) {
			const body = parseFields(this, request.body, allFieldsOf(form));
			return await handler.call(this, request, body);
		}),
	);
}

/** A write that gives the record as it is then. */
export function write(call: WriteForm & { form?: BodyEncoding; shape?: OutputMapper }): Operation {
	const { form, shape = identity } = call;
	return customWrite(call, async function (request, body) {
		return [shape.call(this, await readObject.call(this, withBody(form, request, body)))];
	});
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
	);
}

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
