import { NodeApiError, type IDataObject } from 'n8n-workflow';
import {
	local,
	readForm,
	showFor,
	vietnamDate,
	wholeFrom,
} from '../../../shared/operations/fields';
import {
	isTokenAuth,
	pageReader,
	readObject,
	whenAuthenticatedBy,
} from '../../../shared/sePay/authentication';
import { fromNewest, transactionPages } from '../../../shared/sePay/newestFirst';
import { fromList } from '../../../shared/sePay/transaction';
import { readPages } from '../../../shared/transport/paging';
import { typedId } from '../../fields';
import { declare } from '../../operations';
import { bankAccount } from './filters';
import { toOutput } from './output';

const options = showFor(whenAuthenticatedBy('oAuth2'), [
	bankAccount,
	local(vietnamDate('date', 'Search only this day in Vietnam (UTC+7)')),
	local(
		wholeFrom(1, { default: 10 })(
			'maxPages',
			'Maximum number of pages to search, with 100 transactions each',
		),
	),
]);

export const get = declare(
	{
		value: 'get',
		action: 'Get a transaction',
		description:
			'Retrieve one transaction by its SePay ID. With OAuth2, SePay has no such call, so the node searches the list: set Date if you know it.',
		main: [
			typedId(
				'transactionId',
				'With OAuth2, the number that SePay gave the transaction, as in webhook deliveries. With an API token, the UUID that Get Many returns.',
				{ displayName: 'Transaction ID', placeholder: 'e.g. 49682' },
			),
		],
		options,
	},
	{ method: 'GET', url: '/transactions/{transactionId}' },
	async function (request) {
		if (isTokenAuth(this)) return [fromList(await readObject.call(this, request))];

		const [, url, id] = /^(.+)\/(.+)$/.exec(request.url)!;
		const { date, maxPages = 10, ...filters } = readForm(this, { options });
		const qs = date ? { ...filters, from_date: date, to_date: date } : filters;
		let pages = 0;
		let searched = 0;
		const list = transactionPages(pageReader.call(this, { ...request, url, qs }));
		const { read } = await fromNewest(list);
		for await (const rows of readPages(read, 0)) {
			const found = rows.find((row) => row.id === id);
			if (found) return [found];
			searched += rows.length;
			if (++pages === maxPages) break;
		}
		const message = `Transaction ${id} was not found in ${searched} transactions${describe(qs)}`;
		const description =
			pages === maxPages
				? 'There may be more. Set Date or Bank Account, or raise Max Pages.'
				: 'Check the ID, and Date and Bank Account if they are set.';
		throw new NodeApiError(this.getNode(), {}, { message, description, httpCode: '404' });
	},
	toOutput,
);

function describe({ from_date, bank_account_id }: IDataObject): string {
	const day = from_date ? ` on ${String(from_date)}` : '';
	return bank_account_id ? `${day} of bank account ${String(bank_account_id)}` : day;
}
