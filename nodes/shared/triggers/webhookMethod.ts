import type { IHookFunctions, NodeApiError } from 'n8n-workflow';

/**
 * A method of `webhookMethods` whose errors have the way out in their message: when n8n cannot publish
 * a workflow, or listen for a test event, it shows the message alone.
 */
export function webhookMethod(run: (this: IHookFunctions) => Promise<boolean>) {
	return async function (this: IHookFunctions): Promise<boolean> {
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
