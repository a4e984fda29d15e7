import {
	NodeOperationError,
	type DeclarativeRestApiSettings,
	type IDataObject,
	type IExecuteFunctions,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { OnIncomplete } from '../transport/paging';
import { parameterError, type ParameterContext } from './parameterError';
import { parseBoolean } from './parameterParsers';

/** How one operation turns its declared request into output: checks, calls, and the shape of a row. */
export type OperationHandler = (
	this: IExecutePaginationFunctions,
	request: IHttpRequestOptions,
) => Promise<IDataObject[]>;

/** What "Continue (On Fail)" puts out of an item that failed. */
const failedItem = (error: NodeOperationError) => ({ json: { error: error.message }, error });

/**
 * The door between n8n's declarative engine and this package, set as `operations.pagination` of
 * every operation: the one place where n8n hands a whole call over. Items are paired with their
 * input, and with "Continue (On Fail)" so is what went wrong, which n8n itself leaves unpaired.
 */
export function declarativeAdapter(handler: OperationHandler) {
	return async function (
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const pairedItem = { item: this.getItemIndex() };
		const items = handler
			.call(this, options as IHttpRequestOptions)
			.then((rows) => rows.map((json) => ({ json, pairedItem })));
		if (!this.continueOnFail()) return await items;
		return await items.catch((error) => [{ ...failedItem(error), pairedItem }]);
	};
}

/** The routing of a Resource parameter: n8n then hands over every call, also one without pages. */
export const throughAdapter = { send: { paginate: true } };

/** Runs a whole node, for operations that n8n's declarative engine cannot express. */
export type CustomOperation = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** One input item of a {@link CustomOperation}, with the parameters as they are for it. */
export function inputItem(context: IExecuteFunctions, index: number): ParameterContext {
	return {
		getNode: () => context.getNode(),
		getItemIndex: () => index,
		getTimezone: () => context.getTimezone(),
		getNodeParameter: (name, fallback, options) =>
			context.getNodeParameter(name, index, fallback, options),
	};
}

/** An operation that makes one item out of each, in turn; paired as {@link declarativeAdapter} does it. */
export function perItem(
	handle: (this: IExecuteFunctions, item: ParameterContext) => Promise<INodeExecutionData>,
): CustomOperation {
	return async function () {
		const output: INodeExecutionData[] = [];
		for (const pairedItem of this.getInputData().map((_item, item) => ({ item }))) {
			const working = handle.call(this, inputItem(this, pairedItem.item));
			const made = this.continueOnFail() ? await working.catch(failedItem) : await working;
			output.push({ ...made, pairedItem });
		}
		return [output];
	};
}

/**
 * An operation on all input items at once. With "Continue (On Fail)" its failure is that of each item:
 * n8n itself would hand the input on as if nothing had failed.
 */
export function onAllItems(handle: CustomOperation): CustomOperation {
	return async function () {
		const working = handle.call(this);
		if (!this.continueOnFail()) return await working;
		return await working.catch((error) => [
			this.getInputData().map((_item, item) => ({ ...failedItem(error), pairedItem: { item } })),
		]);
	};
}

/**
 * The number of rows to put out, by the Return All and Limit parameters; Infinity for all.
 *
 * @throws NodeOperationError when Limit is not a whole number of at least 1
 */
export function requestedLimit(this: IExecutePaginationFunctions): number {
	const returnAll = this.getNodeParameter('returnAll', false);
	if (parseBoolean(this, 'Return All', returnAll)) return Infinity;
	const limit = Number(this.getNodeParameter('limit', 50));
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw parameterError(this, 'Limit', 'a whole number of at least 1', 'Or turn on Return All.');
}

/**
 * What an operation does about a list that ended too early: Return All fails, since what came would
 * pass for the whole list; with a Limit it is returned, and n8n's log says that there is more.
 */
export function failIfIncomplete(
	context: IExecutePaginationFunctions,
	limit: number,
): OnIncomplete {
	return (listed, total) => {
		const message = `The list ended after ${listed} of ${total} results`;
		if (limit < Infinity) {
			context.logger.warn(`${context.getNode().name}: ${message}`);
			return;
		}
		throw new NodeOperationError(context.getNode(), message, {
			description:
				'Results may have changed while the node read them. Run the node again. If it keeps happening, narrow the filters. Or turn off Return All and set a high Limit to get the results that can be read.',
			itemIndex: context.getItemIndex(),
		});
	};
}
