import { NodeApiError, type IDataObject } from 'n8n-workflow';
import {
	collectionParameter,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseDate } from '../../../shared/operations/parameterParsers';
import {
	isTokenAuth,
	pageReader,
	readObject,
	showWhenAuthenticatedBy,
} from '../../../shared/sePay/authentication';
import { fromNewest } from '../../../shared/sePay/newestFirst';
import { readPages } from '../../../shared/transport/paging';
import { operation } from '../../operations';
import { parseSePayId } from '../../parameters';
import { validateTransactionFilters } from './filters';
import { toOutput } from './output';
import { bankAccountFilter } from './tokenFilters';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a transaction',
		description:
			'Retrieve one bank transfer by its SePay transaction ID. With OAuth2 SePay has no such call: the node looks the ID up in the list, so give the date when you know it.',
		routing: {
			request: { method: 'GET', url: '/transactions' },
			operations: {
				pagination: operation(async function (request) {
					const id = parseSePayId(
						this,
						'Transaction ID',
						this.getNodeParameter('transactionId', ''),
					);
					if (isTokenAuth(this)) {
						const read = { ...request, url: `${request.url}/${id}` };
						return [toOutput.call(this, await readObject.call(this, read))];
					}
					const maxPages = Number(this.getNodeParameter('options.maxPages', 10));
					if (!Number.isInteger(maxPages) || maxPages < 1) {
						throw parameterError(
							this,
							'Max Pages',
							'a whole number of at least 1',
							'A page is 100 rows.',
						);
					}
					const date = this.getNodeParameter('options.date', '');
					if (date) {
						const day = parseDate(this, 'Date', date);
						request.qs = { ...request.qs, from_date: day, to_date: day };
					}
					validateTransactionFilters.call(this, request);

					let pages = 0;
					let searched = 0;
					const { read } = await fromNewest(pageReader.call(this, request));
					for await (const rows of readPages(read, 0)) {
						const found = rows.find((row) => String(row.id) === id);
						if (found) return [toOutput.call(this, found)];
						searched += rows.length;
						if (++pages === maxPages) break;
					}
					const where = describe(request.qs);
					throw new NodeApiError(
						this.getNode(),
						{},
						{
							message: `Transaction ${id} was not found in ${searched} transactions${where}`,
							description:
								pages === maxPages
									? 'There may be more: give Date or Bank Account, or raise Max Pages.'
									: 'Check the ID, and Date and Bank Account if they are set.',
							httpCode: '404',
						},
					);
				}),
			},
		},
	},
	properties: [
		{
			displayName: 'Transaction ID',
			name: 'transactionId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 49682',
			description:
				'With OAuth2 the number that SePay gave the transaction, the same as in its webhook deliveries; with an API token the UUID from Get Many',
		},
		simplify,
		showWhenAuthenticatedBy(
			'oAuth2',
			collectionParameter('Options', 'options', 'Add option', [
				bankAccountFilter.parameter,
				{
					displayName: 'Date',
					name: 'date',
					type: 'dateTime',
					typeOptions: { dateOnly: true },
					default: '',
					placeholder: 'e.g. 2026-01-31',
					description: 'The day of the transaction in Vietnam (UTC+7), to search only there',
				},
				{
					displayName: 'Max Pages',
					name: 'maxPages',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 10,
					description: 'How many pages of 100 transactions to search at the most',
				},
			]),
		),
	],
};

function describe({ from_date, bank_account_id }: IDataObject = {}): string {
	const day = from_date ? ` of ${String(from_date)}` : '';
	return bank_account_id ? `${day} of bank account ${String(bank_account_id)}` : day;
}
