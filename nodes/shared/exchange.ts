import {
	NodeOperationError,
	type DeclarativeRestApiSettings,
	type IDataObject,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
} from 'n8n-workflow';

/** How one operation turns its declared request into output: checks, calls, and the shape of a row. */
export type Exchange = (
	this: IExecutePaginationFunctions,
	request: IHttpRequestOptions,
) => Promise<IDataObject[]>;

/**
 * The door between n8n's declarative engine and this package, set as `operations.pagination` of
 * every operation: the one place where n8n hands a whole call over. Items are paired with their
 * input, and with "Continue (On Fail)" so is what went wrong, which n8n itself leaves unpaired.
 */
export function exchanges(exchange: Exchange) {
	return async function (
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const pairedItem = { item: this.getItemIndex() };
		const items = exchange
			.call(this, options as IHttpRequestOptions)
			.then((rows) => rows.map((json) => ({ json, pairedItem })));
		if (!this.continueOnFail()) return await items;
		return await items.catch((error) => [{ json: { error: error.message }, error, pairedItem }]);
	};
}

/** The error for a parameter that cannot be sent; n8n shows it before anything is. */
export function invalid(
	context: IExecutePaginationFunctions,
	displayName: string,
	wanted: string,
	wayOut: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${displayName} must be ${wanted}`, {
		description: wayOut,
		itemIndex: context.getItemIndex(),
	});
}

/**
 * The number of rows to put out, by the Return All and Limit parameters; Infinity for all.
 *
 * @throws NodeOperationError when Limit is not a whole number of at least 1
 */
export function wantedRows(this: IExecutePaginationFunctions): number {
	if (this.getNodeParameter('returnAll', false)) return Infinity;
	const limit = Number(this.getNodeParameter('limit', 50));
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw invalid(this, 'Limit', 'a whole number of at least 1', 'Or switch on Return All.');
}
