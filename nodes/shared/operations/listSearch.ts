import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { contains } from '../values';

/** A list behind "From List": of the entries those whose name contains what the user typed. */
export const listSearch = (
	read: (this: ILoadOptionsFunctions) => Promise<INodeListSearchItems[]>,
) =>
	async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const entries = await read.call(this);
		return { results: entries.filter(({ name }) => contains(name, filter)) };
	};
