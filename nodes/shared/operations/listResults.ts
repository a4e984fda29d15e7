import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { contains } from '../values';

/** The entries whose name contains what the user typed into the search field. */
export function searchResults(entries: INodeListSearchItems[], filter = ''): INodeListSearchResult {
	return { results: entries.filter(({ name }) => contains(name, filter)) };
}
