import type {
	IDataObject,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
} from 'n8n-workflow';
import { pageReader } from '../../shared/bankHub/api';
import { omitEmpty } from '../../shared/values';

const PAGE = 100;

/** What is known of the pages shown before, as the editor hands it back. */
interface Position {
	page: number;
	/** The rows on those before it. */
	seen: number;
	/** The first row of the one before it. */
	first?: unknown;
}

/**
 * One page of the list behind "From List"; SePay searches, and the editor asks for the next page. There
 * is one while fewer rows were shown than SePay counts, and where it does not count or counts too few,
 * until a page is empty or repeats the one before.
 */
export async function listPage(
	this: ILoadOptionsFunctions,
	request: IHttpRequestOptions,
	paginationToken: string | undefined,
	nameOf: (row: IDataObject) => string,
): Promise<INodeListSearchResult> {
	const qs = omitEmpty(request.qs);
	const { page, seen, first }: Position = JSON.parse(paginationToken ?? '{"page":1,"seen":0}');
	const { rows, total } = await pageReader.call(this, { ...request, qs })(page, PAGE);
	if (rows.length === 0 || rows[0].xid === first) return { results: [] };
	const next: Position = { page: page + 1, seen: seen + rows.length, first: rows[0].xid };
	return {
		results: rows.map((row) => ({ name: nameOf(row), value: String(row.xid) })),
		paginationToken: next.seen === total ? undefined : JSON.stringify(next),
	};
}
