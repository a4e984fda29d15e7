import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SePayEInvoice } from '../../nodes/SePayEInvoice/SePayEInvoice.node';
import { eInvoiceContract as contract } from '.';

const UUID = '084e179d-d95a-11f0-aef4-52c7e9b4f41b';

type Schema = { properties: Record<string, Schema & { enum?: unknown[]; items?: Schema }> };

const { components, paths } = contract.document('sepay-einvoice');
const { NewInvoice, NewLine, Buyer } = components.schemas as Record<string, Schema>;
const { properties } = new SePayEInvoice().description;

const optionsOf = ({ options }: INodeProperties) => options as INodePropertyOptions[];

/** Every operation of the node with its call. */
const calls = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(optionsOf)
	.map(({ routing }) => {
		const { method, url } = routing!.request!;
		return `${String(method).toLowerCase()} ${String(url).replace(/{\w+}/g, '{}')}`;
	});

test('every endpoint has its operation, but for the sign-in', () => {
	const described = Object.entries(paths).flatMap(([path, item]) =>
		(['get', 'post'] as const)
			.filter((method) => item[method])
			.map((method) => `${method} ${path.replace(/{\w+}/g, '{}')}`),
	);
	const covered = calls.flatMap((call) =>
		call === 'get /v1/invoices/{}/check/{}'
			? ['create', 'issue'].map((kind) => `get /v1/invoices/${kind}/check/{}`)
			: [call],
	);
	expect([...covered, 'post /v1/token'].sort()).toEqual(described.sort());
	expect(described).toHaveLength(12);
});

/** The parameters that Create shows, those in collections included. */
const shown = properties
	.filter(
		({ displayOptions: { show } = {} }) =>
			show?.resource?.includes('invoice') && show.operation?.includes('create'),
	)
	.flatMap((one) => (one.type === 'collection' ? (one.options as INodeProperties[]) : [one]));

test('Create has a parameter for every field of an invoice, and no other', () => {
	const sent = shown.flatMap(({ routing }) => routing?.send?.property ?? []);
	const fields = Object.keys(NewInvoice.properties).filter(
		(name) => !['buyer', 'currency', 'template_code', 'invoice_series'].includes(name),
	);
	const buyer = Object.keys(Buyer.properties).map((name) => `buyer.${name}`);
	expect([...new Set(sent)].sort()).toEqual([...fields, ...buyer, 'template'].sort());
});

test('the items have a parameter for every field of a line, and the values that it takes', () => {
	const { options } = shown.find(({ name }) => name === 'items')!;
	const [{ values }] = options as Array<{ values: INodeProperties[] }>;
	expect(values).toHaveLength(Object.keys(NewLine.properties).length - 1);
	for (const [name, field] of [
		['lineType', 'line_type'],
		['taxRate', 'tax_rate'],
	]) {
		const offered = optionsOf(values.find((one) => one.name === name)!).map(({ value }) => value);
		const taken = NewLine.properties[field].enum!;
		expect(
			offered
				.filter((value) => value !== '')
				.map(Number)
				.sort(),
		).toEqual([...taken].sort());
	}
	const methods = optionsOf(shown.find(({ name }) => name === 'paymentMethod')!);
	const { enum: taken } = NewInvoice.properties.payment_method;
	expect(methods.map(({ value }) => value).sort()).toEqual([...taken!].sort());
});

describe('requests', () => {
	const line = { line_number: 1, line_type: 1, item_name: 'A' };
	const invoice = {
		template_code: '1',
		invoice_series: 'C26TSE',
		issued_date: '2026-01-26 00:00:00',
		currency: 'VND',
		provider_account_id: UUID,
		is_draft: true,
		buyer: {},
		items: [line],
	};
	const post = (body: unknown) => contract.validateRequest('POST', '/v1/invoices/create', {}, body);

	test('as documented', () => {
		expect(post({ ...invoice, total_amount: 1, reference_code: 'A' })).toEqual([]);
		expect(contract.validateRequest('GET', '/v1/invoices', { source: 'api' })).toEqual([]);
	});

	test.each<[object, string]>([
		[{ is_draft: undefined }, "required property 'is_draft'"],
		[{ issued_date: '2026-01-26' }, 'issued_date must match pattern'],
		[{ total_amount: 1.5 }, 'total_amount must be integer'],
		[{ items: [] }, 'fewer than 1 items'],
		[{ items: [{ ...line, tax_rate: 7 }] }, 'tax_rate must be equal'],
		[{ items: [{ ...line, price: 7 }] }, 'additional properties'],
		[{ buyer: { mst: '1' } }, 'additional properties'],
		[{ payment_method: 'QR' }, 'payment_method must be equal'],
	])('with %j are wrong', (fields, problem) => {
		expect(post({ ...invoice, ...fields }).join('\n')).toContain(problem);
	});
});

describe('answers', () => {
	const answer = (path: string, body: unknown, status = 200) =>
		contract.validateAnswer('GET', path, status, body);
	const check = `/v1/invoices/create/check/${UUID}`;

	test('as documented', () => {
		expect(answer('/v1/usage', { data: { quota_remaining: '534' } })).toEqual([]);
		const job = { reference_code: 'A', status: 'Pending', message: 'x' };
		expect(answer(check, { success: true, data: job })).toEqual([]);
		const error = { code: 'NOT_FOUND', message: 'x' };
		expect(answer(check, { success: false, error }, 404)).toEqual([]);
	});

	test.each<[string, unknown, number, string]>([
		['/v1/usage', { data: {} }, 200, 'quota_remaining'],
		[
			check,
			{ success: true, data: { reference_code: 'A', status: 'Success', message: '' } },
			200,
			'invoice',
		],
		[
			check,
			{ success: true, data: { reference_code: 'A', status: 'Done', message: '' } },
			200,
			'status',
		],
		[check, { message: 'x' }, 404, 'success'],
		['/v1/invoices', { data: { items: [] } }, 200, 'paging'],
	])('%s with %j is wrong', (path, body, status, problem) => {
		expect(answer(path, body, status).join('\n')).toContain(problem);
	});
});
