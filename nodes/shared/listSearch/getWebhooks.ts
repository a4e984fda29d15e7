import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { collectRows } from '../paging';
import { pageReader } from '../sePay';
import { matching } from './matching';

/** The webhooks of the company, by name and address. */
export async function getWebhooks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const webhooks = await collectRows(pageReader.call(this, { url: '/webhooks' }), Infinity);
	return matching(
		webhooks.map(({ id, name, webhook_url }) => ({
			name: `${name} (${webhook_url})`,
			value: String(id),
		})),
		filter,
	);
}
