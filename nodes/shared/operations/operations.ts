import type {
	IAllExecuteFunctions,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { collectRows, type FetchPage, type OnIncomplete } from '../transport/paging';
import {
	declarativeAdapter,
	failIfIncomplete,
	requestedLimit,
	type OperationHandler,
} from './declarativeAdapter';
import type { Operation } from './descriptions';
import {
	allFieldsOf,
	declareOperation,
	displayNameOf,
	parseFields,
	type Field,
	type OperationForm,
	type PaginationFunction,
} from './fields';
import { fieldsOf } from '../values';
import type { OutputSchema } from './output';
import { parameterError } from './parameterError';

/** What a row becomes in the output, by default of Simplify as its schema says. */
export interface OutputMapper {
	(this: IExecutePaginationFunctions, row: IDataObject): IDataObject;
	schema?: OutputSchema;
}

/** The answer as the service sent it. */
export const identity: OutputMapper = Object.assign((row: IDataObject) => row, {
	schema: { type: 'object', additionalProperties: true },
});

/** A row in the small form that `simple` gives it; whole without Simplify. */
export function simplifyWith(simple: OutputMapper, whole = identity): OutputMapper {
	const map: OutputMapper = function (row) {
		return (this.getNodeParameter('simplify', true) ? simple : whole).call(this, row);
	};
	return Object.assign(map, { schema: simple.schema });
}

/** The same for the rows of a list, which the service sends without this field. */
export function listed(map: OutputMapper, { lacks }: { lacks: string }): OutputMapper {
	const properties = { ...map.schema!.properties };
	delete properties[lacks];
	const mapRow: OutputMapper = function (row) {
		return map.call(this, row);
	};
	return Object.assign(mapRow, { schema: { ...map.schema!, properties } });
}

/** An operation whose output is as the mapper's schema says; `npm run docs` writes that down. */
export function describeOutput(operation: Operation, { schema }: OutputMapper): Operation {
	Object.assign(operation.option.routing!.operations!.pagination!, { schema });
	return operation;
}

/** How the rows that are wanted are taken from a list. */
export type RowCollector = (
	fetchPage: FetchPage,
	limit: number,
	onIncomplete: OnIncomplete,
) => Promise<IDataObject[]>;

const collectAll: RowCollector = async (fetchPage, limit, onIncomplete) =>
	await collectRows(fetchPage, limit, undefined, onIncomplete);

/** What the operations of a node must know of its service. */
export interface ServiceApi {
	readObject(this: IAllExecuteFunctions, request: IHttpRequestOptions): Promise<IDataObject>;
	pageReader(this: IAllExecuteFunctions, request: IHttpRequestOptions): FetchPage;
	/** Parameters by which an empty list says that nothing of the kind is to be left. */
	mayBeEmpty?: string[];
}

const fieldOf = (fields: Field[], name: string) =>
	fields.find(({ parameter }) => parameter.name === name);

/** The usual ways from a declared request to output. */
export function createOperations({ readObject, pageReader, mayBeEmpty = [] }: ServiceApi) {
	/** An operation whose declared path may hold `{parameterName}`: the field of that name fills it. */
	function operation(handler: OperationHandler, fields: Field[]): PaginationFunction {
		return declarativeAdapter(async function (request) {
			const url = request.url.replace(/\{(\w+)\}/g, (_, name: string) => {
				const { parameter, parse } = fieldOf(fields, name)!;
				const value = this.getNodeParameter(name, '', { extractValue: true });
				return encodeURIComponent(String(parse(this, parameter.displayName, value)));
			});
			assertExpressionsFilled(this, fields, mayBeEmpty);
			return await handler.call(this, { ...request, url });
		});
	}

	/**
	 * An operation from its form and call. What was filled in is in the query of a GET, else in the body,
	 * each field as it parses.
	 *
	 * @param mapOutput what becomes of the rows that the handler returns
	 */
	function declare(
		form: OperationForm,
		call: { method: IHttpRequestMethods; url?: string },
		handler: OperationHandler,
		mapOutput?: OutputMapper,
	): Operation {
		const fields = allFieldsOf(form);
		const part = call.method === 'GET' ? 'qs' : 'body';
		const declared = declareOperation(
			form,
			call,
			operation(async function (request) {
				const values = parseFields(this, request[part], fields);
				const rows = await handler.call(this, { ...request, [part]: values });
				return mapOutput ? rows.map((row) => mapOutput.call(this, row)) : rows;
			}, fields),
		);
		return mapOutput ? describeOutput(declared, mapOutput) : declared;
	}

	async function listRows(
		this: IExecutePaginationFunctions,
		request: IHttpRequestOptions,
		collect = collectAll,
	): Promise<IDataObject[]> {
		const limit = requestedLimit.call(this);
		return await collect(pageReader.call(this, request), limit, failIfIncomplete(this, limit));
	}

	/** An operation that sends what was filled in, and puts out the one object in the answer. */
	function declareCall(
		form: OperationForm,
		call: { method: IHttpRequestMethods; url?: string },
		mapOutput: OutputMapper,
	): Operation {
		const handler: OperationHandler = async function (request) {
			return [await readObject.call(this, request)];
		};
		return declare(form, call, handler, mapOutput);
	}

	/** An operation that reads the one object at the path. */
	function declareGet(form: OperationForm, url: string, mapOutput: OutputMapper): Operation {
		return declareCall(form, { method: 'GET', url }, mapOutput);
	}

	/** An operation that reads the list at the path, as long as Return All and Limit say. */
	function declareGetAll(form: OperationForm, url: string, mapOutput: OutputMapper): Operation {
		return declare({ isList: true, ...form }, { method: 'GET', url }, listRows, mapOutput);
	}

	return {
		operation,
		declare,
		declareCall,
		declareGet,
		declareGetAll,
		listRows,
	};
}

/**
 * Refuses a filter or field whose expression gave nothing. Left out, as one that was added and left
 * empty is, it would let every transaction pass for the one that was sought, or change something else
 * than was meant. An AI agent may leave out what it was asked for.
 */
function assertExpressionsFilled(
	context: IExecutePaginationFunctions,
	fields: Field[],
	mayBeEmpty: string[],
): void {
	const { parameters } = context.getNode();
	for (const collection of ['filters', 'options', 'additionalFields', 'updateFields']) {
		const written = fieldsOf(parameters[collection]);
		for (const [name, value] of Object.entries(written)) {
			const source = String(fieldsOf(value).value ?? value);
			if (!source.startsWith('=') || /\$fromai\s*\(/i.test(source)) continue;
			const given = context.getNodeParameter(`${collection}.${name}`, '', { extractValue: true });
			if (String(given ?? '').trim() !== '') continue;
			if (Array.isArray(given) && mayBeEmpty.includes(name)) continue;
			throw parameterError(
				context,
				fieldOf(fields, name)?.parameter.displayName ?? displayNameOf(name),
				'filled in',
				'The expression returned an empty value.',
			);
		}
	}
}
