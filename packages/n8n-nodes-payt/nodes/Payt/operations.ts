import type { IDataObject, IHttpRequestMethods, INodeProperties } from 'n8n-workflow';
import { collectionOf, listLength, type Operation } from '../../../../nodes/shared/descriptions';
import type { Exchange } from '../../../../nodes/shared/exchange';
import type { Shape } from '../../../../nodes/shared/operations';
import { readObject } from '../shared/payt';
import { bodyIn, type BodyForm } from './bodies';
import { asSent, operation, readMany, readOne } from './exchanges';
import { administration, filled, ids, parametersOf, required, time, type Field } from './fields';
import { sendTogether, type Together } from './records';

/** How many records go in one call; no document names a limit. */
export const MOST_RECORDS = 500;

/** A kind of record that Payt keeps. */
export interface Kind {
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

/** What an operation is called, and what is filled in for it. */
interface Form {
	name: string;
	value: string;
	action: string;
	description: string;
	/** What stands in the form, from the top. */
	main?: Field[];
	/** Parameters of the path, after the first of `main`. */
	inPath?: INodeProperties[];
	/** What can be added. */
	filters?: Field[];
	options?: Field[];
	more?: Field[];
}

function operationOf(
	{ name, value, action, description, ...form }: Form,
	{ method, url, ...send }: { method: IHttpRequestMethods; url: string; type: 'query' | 'body' },
	pagination: ReturnType<typeof operation>,
): Operation {
	const { main = [], inPath = [], filters = [], options = [], more = [] } = form;
	const [first = [], ...others] = parametersOf(main, send.type).map((parameter) => [parameter]);
	const added = (displayName: string, property: string, placeholder: string, fields: Field[]) =>
		fields.length > 0
			? [collectionOf(displayName, property, placeholder, parametersOf(fields, send.type))]
			: [];
	return {
		option: {
			name,
			value,
			action,
			description,
			routing: { request: { method, url }, operations: { pagination } },
		},
		properties: [
			...first,
			...inPath,
			...others.flat(),
			...(value.startsWith('getAll') ? listLength : []),
			...added('Filters', 'filters', 'Add Filter', filters),
			...added('Options', 'options', 'Add option', options),
			...added('Additional Fields', 'additionalFields', 'Add Field', more),
		],
	};
}

const fieldsOf = ({ main = [], filters = [], options = [], more = [] }: Partial<Form>) => [
	...main,
	...filters,
	...options,
	...more,
];

const inAdministration = ({ isGlobal }: Kind) => (isGlobal ? [] : [administration]);

/** Reads one record. `identifier` holds its ID, or a number of a kind that Payt finds it by as well. */
export function get(kind: Kind, identifier: INodeProperties, description: string): Operation {
	const { one, path, fields } = kind;
	const form = {
		name: 'Get',
		value: 'get',
		action: `Get ${one}`,
		description,
		main: inAdministration(kind),
		inPath: [identifier],
		options: fields ? [fields] : [],
	};
	const url = `${path}/{${identifier.name}}`;
	const exchange = readOne(asSent, function (request) {
		request.qs = filled(this, request.qs, fieldsOf(form));
		const { mode } = Object(this.getNodeParameter(identifier.name));
		if (identifier.modes && !['list', 'id'].includes(mode)) request.qs.identifier_type = mode;
	});
	return operationOf(form, { method: 'GET', url, type: 'query' }, exchange);
}

function list(url: string, form: Form): Operation {
	const exchange = readMany(asSent, function (request) {
		request.qs = filled(this, request.qs, fieldsOf(form));
	});
	return operationOf(form, { method: 'GET', url, type: 'query' }, exchange);
}

/** Reads the list of records. */
export function getAll(
	kind: Kind,
	description: string,
	filters: Field[] = [],
	options: Field[] = [],
): Operation {
	return list(kind.path, {
		name: 'Get Many',
		value: 'getAll',
		action: `Get many ${kind.many}`,
		description,
		main: inAdministration(kind),
		filters,
		options: kind.fields ? [...options, kind.fields] : options,
	});
}

/** Reads the list of deleted records. */
export function getAllDeleted({ many, path }: Kind): Operation {
	return list(`${path}/deleted`, {
		name: 'Get Many Deleted',
		value: 'getAllDeleted',
		action: `Get many deleted ${many}`,
		description: `Retrieve which ${many} were deleted at Payt in the last 90 days, to remove them from copies elsewhere`,
		main: [
			administration,
			...required(time('deleted_after', 'Only those deleted after this time')),
		],
		filters: [time('deleted_before', 'Only those deleted before this time')],
	});
}

type Write = Form & { method?: IHttpRequestMethods; path: string };

/** A write whose exchange gets the checked fields. */
export function writing(
	{ method = 'POST', path: url, ...form }: Write,
	exchange: (
		this: ThisParameterType<Exchange>,
		request: Parameters<Exchange>[0],
		body: IDataObject,
	) => Promise<IDataObject[]>,
): Operation {
	return operationOf(
		form,
		{ method, url, type: 'body' },
		operation(async function (request) {
			const body = filled(this, request.body, fieldsOf(form));
			return await exchange.call(this, request, body);
		}),
	);
}

/** A write that gives the record as it is then. */
export function write(call: Write & { form?: BodyForm; shape?: Shape }): Operation {
	const { form, shape = asSent } = call;
	return writing(call, async function (request, body) {
		return [shape.call(this, await readObject.call(this, bodyIn(form, request, body)))];
	});
}

/** A write of records, those of all items together, of which Payt tells which it took. */
export function writeRecords(call: Write & Together): Operation {
	const together = ' The records of all items go in as few calls as possible.';
	const description = call.description.replace(/\.?$/, `.${together}`);
	return writing(call.most > 1 ? { ...call, description } : call, async function (request, body) {
		return await sendTogether(this, request, body, call);
	});
}

/** Creates records, or updates those that have one of the keys already. */
export function upsert(
	{ one, path }: Kind,
	description: string,
	form: Pick<Write & Together, 'keys' | 'main' | 'more'>,
): Operation {
	return writeRecords({
		name: 'Create or Update',
		value: 'upsert',
		action: `Create or update ${one}`,
		description,
		path,
		noun: one.replace(/^an? /, ''),
		most: MOST_RECORDS,
		pack: (records) => ({ [path.replace('/v1/', '')]: records }),
		...form,
	});
}

export const IDS = ids('ids', 'Only those with these IDs of Payt');

export const UPDATED_AFTER = time(
	'updated_after',
	'Only those changed after this time; take the latest "updated_at" that was read before',
);
