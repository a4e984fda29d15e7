import {
	NodeOperationError,
	type IDataObject,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { parseIds } from '../../../../../nodes/shared/operations/locators';
import { pageReader } from '../../shared/payt';

/** The query for the administration chosen in the node. */
export function inAdministration(context: ILoadOptionsFunctions): IDataObject {
	const [administration_id] = parseIds(context.getCurrentNodeParameters()?.administrationId);
	if (administration_id) return { administration_id };
	throw new NodeOperationError(context.getNode(), 'Choose the Administration first');
}

/**
 * The next entries of the list behind "From List". Payt cannot search, so pages are read until one
 * has entries whose names contain the filter.
 *
 * @param paginationToken the cursor of the next page
 */
export async function listPage(
	this: ILoadOptionsFunctions,
	{ qs, ...request }: IHttpRequestOptions,
	filter: string | undefined,
	paginationToken: string | undefined,
	nameOf: (row: IDataObject) => string,
): Promise<INodeListSearchResult> {
	const cursor = paginationToken === undefined ? {} : { cursor: paginationToken };
	const fetchPage = pageReader.call(this, { ...request, qs: { ...qs, ...cursor } });
	const wanted = (filter ?? '').trim().toLowerCase();
	for (let number = 1; ; number++) {
		const { rows, isLast, next } = await fetchPage(number, fetchPage.largest!);
		const results = rows
			.map((row) => ({ name: nameOf(row), value: String(row.id) }))
			.filter(({ name }) => name.toLowerCase().includes(wanted));
		const isEnd = isLast || rows.length === 0;
		if (results.length > 0 || isEnd) {
			return { results, paginationToken: isEnd ? undefined : next };
		}
	}
}
