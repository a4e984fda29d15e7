import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

/** The entries whose name contains what the user typed into the search field, whatever its case. */
export function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchResult {
	const sought = filter.trim().toLowerCase();
	return { results: entries.filter(({ name }) => name.toLowerCase().includes(sought)) };
}
