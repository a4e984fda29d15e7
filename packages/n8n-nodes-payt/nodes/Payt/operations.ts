import type { IDataObject, IHttpRequestMethods, INodeProperties } from 'n8n-workflow';
import { type Operation } from '../../../../nodes/shared/descriptions';
import type { Exchange } from '../../../../nodes/shared/exchange';
import type { Shape } from '../../../../nodes/shared/operations';
import { readObject } from '../shared/payt';
import { bodyIn, type BodyForm } from './bodies';
import { asSent, operation, readMany, readOne } from './exchanges';
import {
	declareOperation,
	fieldsOf,
	ids,
	parseFields,
	required,
	type Field,
	type OperationForm,
} from '../../../../nodes/shared/fields';
import { administration, time } from './fields';
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
		request.qs = parseFields(this, request.qs, fieldsOf(form));
		const { mode } = Object(this.getNodeParameter(identifier.name));
		if (identifier.modes && !['list', 'id'].includes(mode)) request.qs.identifier_type = mode;
	});
	return declareOperation(form, { method: 'GET', url }, exchange);
}

function list(url: string, form: OperationForm): Operation {
	const exchange = readMany(asSent, function (request) {
		request.qs = parseFields(this, request.qs, fieldsOf(form));
	});
	return declareOperation({ isList: true, ...form }, { method: 'GET', url }, exchange);
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

type Write = OperationForm & { method?: IHttpRequestMethods; path: string };

/** A write whose exchange gets the checked fields. */
export function writing(
	{ method = 'POST', path: url, ...form }: Write,
	exchange: (
		this: ThisParameterType<Exchange>,
		request: Parameters<Exchange>[0],
		body: IDataObject,
	) => Promise<IDataObject[]>,
): Operation {
	return declareOperation(
		form,
		{ method, url },
		operation(async function (request) {
			const body = parseFields(this, request.body, fieldsOf(form));
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
	form: Pick<Write & Together, 'keys' | 'main' | 'additionalFields'>,
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
