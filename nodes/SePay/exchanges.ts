import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { exchanges, invalid, wantedRows, type Exchange } from '../shared/exchange';
import { collectRows } from '../shared/paging';
import { pageReader, readObject } from '../shared/sePay';
import { idFrom } from './parameters';

/** What a row becomes in the output. */
export type Shape = (this: IExecutePaginationFunctions, row: IDataObject) => IDataObject;

/** Checks and completes the declared request before it is sent; throws when a parameter is wrong. */
export type Prepare = (this: IExecutePaginationFunctions, request: IHttpRequestOptions) => void;

/** Whether a row belongs to the output, by filters that SePay does not have. */
export type Keep = (row: IDataObject) => boolean;

type PaginationFunction = (
	...args: Parameters<ReturnType<typeof exchanges>>
) => Promise<INodeExecutionData[]>;

/** An operation whose declared path may hold `{parameterName}`, filled with the ID in that parameter. */
export function operation(exchange: Exchange): PaginationFunction {
	return exchanges(async function (request) {
		const url = request.url.replace(/\{(\w+)\}/g, (_, name: string) => {
			const value = this.getNodeParameter(name, '', { extractValue: true });
			return idFrom(this, displayNameOf(name), value);
		});
		refuseEmptyExpressions.call(this);
		return await exchange.call(this, { ...request, url });
	});
}

/** Reads the one object at the declared path. */
export function readOne(shape: Shape): PaginationFunction {
	return operation(async function (request) {
		return [shape.call(this, await readObject.call(this, request))];
	});
}

/** Reads the list at the declared path, as long as Return All and Limit say. */
export function readMany(
	shape: Shape,
	prepare?: Prepare,
	keep?: (this: IExecutePaginationFunctions) => Keep | undefined,
): PaginationFunction {
	return operation(async function (request) {
		const limit = wantedRows.call(this);
		(prepare ?? dropEmptyFilters).call(this, request);
		const rows = await collectRows(pageReader.call(this, request), limit, keep?.call(this));
		return rows.map((row) => shape.call(this, row));
	});
}

/** Takes filters out of the query that were added and left empty. */
export const dropEmptyFilters: Prepare = (request) => {
	request.qs = Object.fromEntries(
		Object.entries(request.qs ?? {}).filter(([, value]) => String(value ?? '').trim() !== ''),
	);
};

/**
 * Refuses a filter or field whose expression gave nothing. Left out, as one that was added and left
 * empty is, it would let every transaction pass for the one that was sought, or change something else
 * than was meant. An AI agent may leave out what it was asked for.
 */
function refuseEmptyExpressions(this: IExecutePaginationFunctions): void {
	for (const collection of ['filters', 'options', 'additionalFields', 'updateFields']) {
		const written = (this.getNode().parameters[collection] ?? {}) as IDataObject;
		for (const [name, value] of Object.entries(written)) {
			const source = String((value as IDataObject)?.value ?? value);
			if (!source.startsWith('=') || /\$fromai\s*\(/i.test(source)) continue;
			const given = this.getNodeParameter(`${collection}.${name}`, '', { extractValue: true });
			if (String(given ?? '').trim() !== '') continue;
			throw invalid(this, displayNameOf(name), 'filled in', 'Its expression gave nothing.');
		}
	}
}

function displayNameOf(parameter: string): string {
	if (parameter === 'code') return 'Payment Code';
	const words = parameter.replace(/Id$/, '').replace(/([A-Z])/g, ' $1');
	const label = words[0].toUpperCase() + words.slice(1);
	return label.replace(/\b(Api|Url|Ids)\b/g, (word) =>
		word === 'Ids' ? 'IDs' : word.toUpperCase(),
	);
}
