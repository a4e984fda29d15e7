import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchResults } from '../../operations/listResults';
import { collectRows } from '../../transport/paging';
import { pageReader } from '../oAuth2Api';

/** The webhooks of the company, by name and address. */
export async function getWebhooks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const webhooks = await collectRows(pageReader.call(this, { url: '/webhooks' }), Infinity);
	return searchResults(
		webhooks.map(({ id, name, webhook_url }) => ({
			name: `${name} (${webhook_url})`,
			value: String(id),
		})),
		filter,
	);
}
