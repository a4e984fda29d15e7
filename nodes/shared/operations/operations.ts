import type {
	IAllExecuteFunctions,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { collectRows, type FetchPage, type OnIncomplete } from '../transport/paging';
import {
	declarativeAdapter,
	failIfIncomplete,
	requestedLimit,
	throughAdapter,
	type OperationHandler,
} from './declarativeAdapter';
import { shareProperties, simplify, type Operation } from './descriptions';
import {
	allFieldsOf,
	declareOperation,
	displayNameOf,
	labelOf,
	parseFields,
	type Field,
	type OperationForm,
	type PaginationFunction,
} from './fields';
import { fieldsOf } from '../values';
import type { OutputMapper } from './output';
import { parameterError } from './parameterError';

/** The answer as the service sent it. */
export const identity: OutputMapper = Object.assign((row: IDataObject) => row, {
	schema: { type: 'object', additionalProperties: true },
});

/** A row in the small form that `simple` gives it; whole without Simplify. */
export function simplifyWith(simple: OutputMapper, whole = identity): OutputMapper {
	const map: OutputMapper = function (row) {
		return (this.getNodeParameter('simplify', true) ? simple : whole).call(this, row);
	};
	return Object.assign(map, { schema: simple.schema, parameters: [simplify] });
}

/** The same for the rows of a list, which the service sends without this field. */
export function listed(map: OutputMapper, { lacks }: { lacks: string }): OutputMapper {
	const properties = { ...map.schema!.properties };
	delete properties[lacks];
	const mapRow: OutputMapper = function (row) {
		return map.call(this, row);
	};
	return Object.assign(mapRow, { ...map, schema: { ...map.schema!, properties } });
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

type UsualForm = Omit<OperationForm, 'value'> & Partial<OperationForm>;

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
	 * @param mapper the one that the handler has used for what it returns
	 */
	function declareMapped(
		form: OperationForm,
		call: { method: IHttpRequestMethods; url?: string },
		handler: OperationHandler,
		mapper: OutputMapper,
	): Operation {
		const fields = allFieldsOf(form);
		const part = call.method === 'GET' ? 'qs' : 'body';
		const pagination = operation(async function (request) {
			const values = parseFields(this, request[part], fields);
			return await handler.call(this, { ...request, [part]: values });
		}, fields);
		return declareOperation(form, call, pagination, mapper);
	}

	/** The same for a handler that returns rows as the service sent them. */
	const declare: typeof declareMapped = (form, call, handler, mapper) => {
		const mapped: OperationHandler = async function (request) {
			const rows = await handler.call(this, request);
			return rows.map((row) => mapper.call(this, row));
		};
		return declareMapped(form, call, mapped, mapper);
	};

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

	/** An operation that reads the one object at the path, by default "Get". */
	function declareGet(form: UsualForm, url: string, mapOutput: OutputMapper): Operation {
		return declareCall({ value: 'get', ...form }, { method: 'GET', url }, mapOutput);
	}

	/** An operation that reads the list at the path, as long as Return All and Limit say; by default "Get Many". */
	function declareGetAll(form: UsualForm, url: string, mapOutput: OutputMapper): Operation {
		const listForm = { value: 'getAll', isList: true, ...form };
		return declare(listForm, { method: 'GET', url }, listRows, mapOutput);
	}

	return { operation, declareMapped, declare, declareCall, declareGet, declareGetAll, listRows };
}

/** The parameters of a node: the choice of a resource, at first `usual`, and what its resources show, in order. */
export function nodeProperties(
	usual: string,
	...resources: INodeProperties[][]
): INodeProperties[] {
	const options = resources.map(([operation]) => {
		const { resource, ...show } = operation.displayOptions!.show!;
		const value = String(resource![0]);
		const isConditional = Object.keys(show).length > 0;
		return { name: labelOf(value), value, ...(isConditional && { displayOptions: { show } }) };
	});
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options,
			default: usual,
			routing: throughAdapter,
		},
		...shareProperties(...resources),
	];
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
			const displayName = fieldOf(fields, name)?.parameter.displayName ?? displayNameOf(name);
			const hint = 'The expression returned an empty value.';
			throw parameterError(context, displayName, 'filled in', hint);
		}
	}
}
