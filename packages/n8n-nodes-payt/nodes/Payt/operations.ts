import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { OperationHandler } from '../../../../nodes/shared/operations/declarativeAdapter';
import type { Operation } from '../../../../nodes/shared/operations/descriptions';
import {
	idList,
	operationName,
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
import { createOperations, identity } from '../../../../nodes/shared/operations/operations';
import { fieldsOf } from '../../../../nodes/shared/values';
import { pageReader, readObject } from '../shared/payt';
import { administration, dateTime } from './fields';
import { sendInBatch, type BatchOptions } from './recordBatches';
import { withBody, type BodyEncoding } from './requestBodies';

const { declare, declareGetAll } = createOperations({
	readObject,
	pageReader,
	mayBeEmpty: ['labels', 'payments', 'invoiceLines'],
});

/** How many records go in one call; no document names a limit. */
const MAX_RECORDS = 500;

/** A kind of record that Payt keeps. */
export interface ResourceInfo {
	/** With its article, such as "an invoice". */
	one: string;
	/** Unless given, the same with an "s" and without the article. */
	many?: string;
	path: string;
	/** The Fields option, where Payt has it. */
	fields?: Field;
	/** Whether Payt has it outside of administrations. */
	isGlobal?: boolean;
	/** Whether Payt lists it by neither IDs nor changes. */
	isWholeList?: boolean;
}

const nounOf = ({ one }: ResourceInfo) => one.replace(/^an? /, '');
const manyOf = (resource: ResourceInfo) => resource.many ?? `${nounOf(resource)}s`;

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

/** Reads the list of records. */
export function getAll(
	resource: ResourceInfo,
	description: string,
	filters: Field[] = [],
	options: Field[] = [],
): Operation {
	const { path, fields, isWholeList } = resource;
	const form = {
		action: `Get many ${manyOf(resource)}`,
		description,
		main: inAdministration(resource),
		filters: isWholeList ? [] : [IDS, ...filters, UPDATED_AFTER],
		options: fields ? [...options, fields] : options,
	};
	return declareGetAll(form, path, identity);
}

/** Reads the list of deleted records. */
export function getAllDeleted(resource: ResourceInfo): Operation {
	const many = manyOf(resource);
	const form = {
		value: 'getAllDeleted',
		action: `Get many deleted ${many}`,
		description: `Retrieve the ${many} deleted at Payt in the last 90 days, so that you can delete your copies`,
		main: [
			administration,
			...required(dateTime('deleted_after', 'Return only records deleted after this time')),
		],
		filters: [dateTime('deleted_before', 'Return only records deleted before this time')],
	};
	return declareGetAll(form, `${resource.path}/deleted`, identity);
}

type WriteForm = Omit<OperationForm, 'action'> & {
	action?: string;
	method?: IHttpRequestMethods;
	path?: string;
};

/** What is given to the handler of a write: the request with the checked fields as its body, and these. */
type WriteHandler = (
	this: ThisParameterType<OperationHandler>,
	request: IHttpRequestOptions,
	body: IDataObject,
) => Promise<IDataObject[]>;

/** A write whose handler sends it; by default the output is the answer as it came. */
export function customWrite(
	resource: ResourceInfo,
	{ method = 'POST', path = '', main = [], ...form }: WriteForm,
	handler: WriteHandler,
	mapOutput: OutputMapper = identity,
): Operation {
	return declare(
		{
			action: `${operationName(form.value)} ${resource.one}`,
			...form,
			main: [...inAdministration(resource), ...main],
		},
		{ method, url: resource.path + path },
		async function (request) {
			return await handler.call(this, request, fieldsOf(request.body));
		},
		mapOutput,
	);
}

/** A write that gives the record as it is then. */
export function write(
	resource: ResourceInfo,
	call: WriteForm & { form?: BodyEncoding; shape?: OutputMapper },
): Operation {
	const { form, shape } = call;
	const handler: WriteHandler = async function (request, body) {
		return [await readObject.call(this, withBody(form, request, body))];
	};
	return customWrite(resource, call, handler, shape);
}

/** A write of records, those of all items together, of which Payt tells which it took. */
export function writeRecords(
	resource: ResourceInfo,
	call: WriteForm & Partial<BatchOptions> & Pick<BatchOptions, 'keys'>,
): Operation {
	const options: BatchOptions = {
		noun: nounOf(resource),
		most: MAX_RECORDS,
		pack: (records) => ({ [resource.path.replace('/v1/', '')]: records }),
		...call,
	};
	const together = ' The node sends the records of all items in as few calls as possible.';
	const description = call.description.replace(/\.?$/, `.${together}`);
	return customWrite(
		resource,
		options.most > 1 ? { ...call, description } : call,
		async function (request, body) {
			return await sendInBatch(this, request, body, options);
		},
		outcomeOf(options),
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
	resource: ResourceInfo,
	description: string,
	form: Pick<WriteForm & BatchOptions, 'keys' | 'main' | 'additionalFields'>,
): Operation {
	return writeRecords(resource, {
		name: 'Create or Update',
		value: 'upsert',
		action: `Create or update ${resource.one}`,
		description,
		...form,
	});
}

const IDS = idList('ids', 'Return only records with these Payt IDs');

const UPDATED_AFTER = dateTime(
	'updated_after',
	'Return only records changed after this time. Use the latest "updated_at" from your previous run.',
);
