import type {
	IAllExecuteFunctions,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { exchanges, invalid, wantedRows, type Exchange } from './exchange';
import {
	declareOperation,
	fieldsOf,
	parseFields,
	titleOf,
	type Field,
	type OperationForm,
	type PaginationFunction,
} from './fields';
import type { Operation } from './descriptions';
import { collectRows, type FetchPage } from './paging';

/** What a row becomes in the output. */
export type Shape = (this: IExecutePaginationFunctions, row: IDataObject) => IDataObject;

/** The answer as the service sent it. */
export const asSent: Shape = (row) => row;

/** A row in the small form that `simple` gives it; whole without Simplify. */
export const simplifiedBy = (simple: Shape, whole = asSent): Shape =>
	function (row) {
		return (this.getNodeParameter('simplify', true) ? simple : whole).call(this, row);
	};

/** Checks and completes the declared request before it is sent; throws when a parameter is wrong. */
export type Prepare = (
	this: IExecutePaginationFunctions,
	request: IHttpRequestOptions,
) => void | Promise<void>;

/** Whether a row belongs to the output, by filters that the service does not have. */
export type Keep = (row: IDataObject) => boolean;

/** What the operations of a node must know of its service. */
export interface Api {
	/** Sends the request and gives the one object in the answer. */
	readObject(this: IAllExecuteFunctions, request: IHttpRequestOptions): Promise<IDataObject>;
	/** The reader of the list at the path of the request. */
	pageReader(this: IAllExecuteFunctions, request: IHttpRequestOptions): FetchPage;
	/** The ID in a value; throws when it is none. */
	idFrom(context: IExecutePaginationFunctions, displayName: string, value: unknown): string;
	/** Display names of parameters that do not follow from their names. */
	labels?: Record<string, string>;
	/** Parameters by which an empty list says that nothing of the kind is to be left. */
	mayBeEmpty?: string[];
}

/** The usual ways from a declared request to output. */
export function operationsOf({
	readObject,
	pageReader,
	idFrom,
	labels = {},
	mayBeEmpty = [],
}: Api) {
	const displayNameOf = (parameter: string) => labels[parameter] ?? titleOf(parameter);

	/**
	 * An operation whose declared path may hold `{parameterName}`: the field of that name fills it, or the
	 * ID in the parameter.
	 */
	function operation(exchange: Exchange, fields: Field[] = []): PaginationFunction {
		return exchanges(async function (request) {
			const url = request.url.replace(/\{(\w+)\}/g, (_, name: string) => {
				const value = this.getNodeParameter(name, '', { extractValue: true });
				const field = fields.find(({ parameter }) => parameter.name === name);
				if (!field) return idFrom(this, displayNameOf(name), value);
				return encodeURIComponent(String(field.parse(this, field.parameter.displayName, value)));
			});
			refuseEmptyExpressions(this, displayNameOf, mayBeEmpty);
			return await exchange.call(this, { ...request, url });
		});
	}

	/**
	 * An operation from its form and call. What was filled in is in the query of a GET, else in the body,
	 * each field as it parses.
	 */
	function declare(
		form: OperationForm,
		call: { method: IHttpRequestMethods; url?: string },
		exchange: Exchange,
	): Operation {
		const fields = fieldsOf(form);
		const part = call.method === 'GET' ? 'qs' : 'body';
		return declareOperation(
			form,
			call,
			operation(async function (request) {
				const values = parseFields(this, request[part], fields);
				return await exchange.call(this, { ...request, [part]: values });
			}, fields),
		);
	}

	/** An operation that reads the one object at the path. */
	function declareGet(form: OperationForm, url: string, shape: Shape): Operation {
		return declare(form, { method: 'GET', url }, async function (request) {
			return [shape.call(this, await readObject.call(this, request))];
		});
	}

	/** An operation that reads the list at the path, as long as Return All and Limit say. */
	function declareGetAll(
		form: OperationForm,
		url: string,
		shape: Shape,
		keep?: (this: IExecutePaginationFunctions) => Keep | undefined,
	): Operation {
		const list = { isList: true, ...form };
		return declare(list, { method: 'GET', url }, async function (request) {
			const limit = wantedRows.call(this);
			const rows = await collectRows(pageReader.call(this, request), limit, keep?.call(this));
			return rows.map((row) => shape.call(this, row));
		});
	}

	/** Reads the one object that the declared request gives. */
	function readOne(shape: Shape, prepare?: Prepare): PaginationFunction {
		return operation(async function (request) {
			await prepare?.call(this, request);
			return [shape.call(this, await readObject.call(this, request))];
		});
	}

	/** Reads the list at the declared path, as long as Return All and Limit say. */
	function readMany(
		shape: Shape,
		prepare: Prepare = dropEmptyFilters,
		keep?: (this: IExecutePaginationFunctions) => Keep | undefined,
	): PaginationFunction {
		return operation(async function (request) {
			const limit = wantedRows.call(this);
			await prepare.call(this, request);
			const rows = await collectRows(pageReader.call(this, request), limit, keep?.call(this));
			return rows.map((row) => shape.call(this, row));
		});
	}

	return { operation, readOne, readMany, declare, declareGet, declareGetAll };
}

/** Takes filters out of the query that were added and left empty. */
export function dropEmptyFilters(request: IHttpRequestOptions): void {
	request.qs = withoutEmpty(request.qs);
}

/** The entries that were filled in; a list counts as such even when it is empty. */
export function withoutEmpty(fields: unknown): IDataObject {
	return Object.fromEntries(
		Object.entries(Object(fields)).filter(
			([, value]) => Array.isArray(value) || String(value ?? '').trim() !== '',
		),
	) as IDataObject;
}

/**
 * Refuses a filter or field whose expression gave nothing. Left out, as one that was added and left
 * empty is, it would let every transaction pass for the one that was sought, or change something else
 * than was meant. An AI agent may leave out what it was asked for.
 */
function refuseEmptyExpressions(
	context: IExecutePaginationFunctions,
	displayNameOf: (parameter: string) => string,
	mayBeEmpty: string[],
): void {
	for (const collection of ['filters', 'options', 'additionalFields', 'updateFields']) {
		const written = (context.getNode().parameters[collection] ?? {}) as IDataObject;
		for (const [name, value] of Object.entries(written)) {
			const source = String((value as IDataObject)?.value ?? value);
			if (!source.startsWith('=') || /\$fromai\s*\(/i.test(source)) continue;
			const given = context.getNodeParameter(`${collection}.${name}`, '', { extractValue: true });
			if (String(given ?? '').trim() !== '') continue;
			if (Array.isArray(given) && mayBeEmpty.includes(name)) continue;
			throw invalid(context, displayNameOf(name), 'filled in', 'Its expression gave nothing.');
		}
	}
}
