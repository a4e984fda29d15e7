import { NodeOperationError, type IExecutePaginationFunctions } from 'n8n-workflow';

/** Where a parameter was given: the node, and which of its input items if it has any. */
export type ItemContext = Pick<IExecutePaginationFunctions, 'getNode'> &
	Partial<Pick<IExecutePaginationFunctions, 'getItemIndex'>>;

export interface ParameterContext
	extends ItemContext, Pick<IExecutePaginationFunctions, 'getTimezone'> {
	getNodeParameter(
		name: string,
		fallback?: string | null,
		options?: { extractValue: boolean },
	): unknown;
}

/** What to do about a parameter that must be filled in. */
export const ENTER_VALUE = "Enter a value, or check the expression's result.";

/** The error for a parameter that cannot be sent; n8n shows it before anything is. */
export function parameterError(
	context: ItemContext,
	displayName: string,
	expected: string,
	hint: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${displayName} must be ${expected}`, {
		description: hint,
		itemIndex: context.getItemIndex?.(),
	});
}
