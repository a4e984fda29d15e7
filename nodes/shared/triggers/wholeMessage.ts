import type { IHookFunctions, IPollFunctions, NodeApiError } from 'n8n-workflow';

/**
 * A method of `webhookMethods`, or a poll, whose errors have the way out in their message: when n8n
 * cannot publish a workflow, or listen for a test event, it shows the message alone.
 */
export function withWholeMessage<
	Result,
	Context extends IHookFunctions | IPollFunctions = IHookFunctions,
>(run: (this: Context) => Promise<Result>) {
	return async function (this: Context): Promise<Result> {
		return await run.call(this).catch((error: NodeApiError) => {
			const { message, description } = error;
			if (description) {
				error.message = `${message.replace(/\.$/, '')}. ${description}`;
				error.description = null;
			}
			throw error;
		});
	};
}
