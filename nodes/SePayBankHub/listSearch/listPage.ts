import type {
	IDataObject,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
} from 'n8n-workflow';
import { pageReader } from '../../shared/bankHub';
import { dropEmptyFilters } from '../../shared/operations';

const PAGE = 100;

/** One page of the list behind "From List"; SePay searches, and the editor asks for the next page. */
export async function listPage(
	this: ILoadOptionsFunctions,
	request: IHttpRequestOptions,
	paginationToken: string | undefined,
	nameOf: (row: IDataObject) => string,
): Promise<INodeListSearchResult> {
	dropEmptyFilters(request);
	const number = Number(paginationToken ?? 1);
	const { rows, lastPage = number } = await pageReader.call(this, request)(number, PAGE);
	return {
		results: rows.map((row) => ({ name: nameOf(row), value: String(row.xid) })),
		paginationToken: number < lastPage ? String(number + 1) : undefined,
	};
}
