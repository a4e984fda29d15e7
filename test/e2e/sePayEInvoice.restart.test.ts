import type { Credential } from '../../scripts/n8n/types';
import { startEInvoice, type EInvoice } from '../sandbox/eInvoice';
import { Random } from '../sandbox/random';
import {
	createParameters,
	dataOf,
	NODE,
	proveOneInvoiceEach,
	step,
	TYPE,
} from './support/eInvoice';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';
import { coreNode, execute, outputs } from './support/run';

jest.setTimeout(600_000);

describe.each(oneRelease())('SePay eInvoice node on the %s n8n', (name) => {
	let host: E2eHost;
	let service: EInvoice;
	let credential: Credential;

	beforeAll(async () => {
		host = await startE2eHost(name);
		service = await startEInvoice();
		credential = await host.n8n.createCredential(TYPE, 'eInvoice', dataOf(service));
	});

	afterAll(async () => {
		await service?.close();
		await host?.close();
	});

	test('is offered as a node and as a tool for AI agents, with its credential', async () => {
		const types = (await host.n8n.nodeTypes()).map((type) => type.name);
		expect(types).toEqual(expect.arrayContaining([NODE, `${NODE}Tool`]));
		expect((await host.n8n.credentialTypes()).map((type) => type.name)).toContain(TYPE);
	});

	test('has a credential whose test signs in, and tells a wrong secret', async () => {
		expect(await host.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const wrong = { ...dataOf(service), clientSecret: 'mistyped secret' };
		const { id } = await host.n8n.createCredential(TYPE, 'Mistyped', wrong);
		expect(await host.n8n.testCredential({ ...credential, id })).toEqual({
			status: 'Error',
			message:
				'SePay eInvoice rejected Client ID and Client Secret: Thông tin xác thực không hợp lệ',
		});
	});

	test('goes from a payment to the files of its invoice, tokens ending meanwhile', async () => {
		const payment = { id: 92704, direction: 'in', amount: 110_000, accountNumber: '0071000888888' };
		service.jobMs = 1500;
		service.variants.xmlUrl = 'present';
		service.revokeTokens();
		const reference = { referenceCode: '={{ $json.referenceCode }}' };
		const found = await outputs(host, {
			payment: coreNode('set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify(payment) }),
			draft: step(credential, createParameters(service, { isDraft: true })),
			issued: step(credential, { resource: 'invoice', operation: 'issue', ...reference }),
			file: step(credential, {
				resource: 'invoice',
				operation: 'download',
				file: 'pdfAndXml',
				...reference,
			}),
			text: coreNode('moveBinaryData', 1.1, {
				setAllData: false,
				sourceKey: 'data_xml',
				destinationKey: 'xml',
			}),
		});
		service.jobMs = 0;
		expect(found.draft).toMatchObject([{ referenceCode: 'SEPAY-92704', status: 'draft' }]);
		expect(found.issued).toMatchObject([
			{ status: 'issued', invoiceNumber: '1', totalAmount: 110_000, alreadyExisted: false },
		]);
		expect(found.file).toMatchObject([
			{ fileNames: [/\.pdf$/, /\.xml$/].map((end) => expect.stringMatching(end)) },
		]);
		expect(JSON.stringify(found.text)).toContain('<SHDon>1</SHDon>');
	});

	test('lists provider accounts and templates to choose from', async () => {
		const entries = async (methodName: string) =>
			await host.n8n.rest<{ results: Array<{ name: string; value: string }> }>(
				'POST',
				'/dynamic-node-parameters/resource-locator-results',
				{
					path: 'parameters.template',
					nodeTypeAndVersion: { name: NODE, version: 1 },
					currentNodeParameters: createParameters(service),
					methodName,
					credentials: { [TYPE]: { id: credential.id, name: credential.name } },
				},
			);
		const [account] = service.data.accounts;
		expect((await entries('getProviderAccounts')).results[0].value).toBe(account.id);
		expect((await entries('getTemplates')).results.map(({ value }) => value)).toEqual(
			account.templates.map((one) => `${one.template_code}/${one.invoice_series}`),
		);
	});

	test('tells why an invoice was not created', async () => {
		service.data.quota = 0;
		const parameters = createParameters(service, { referenceCode: 'DH-NONE' });
		const { status, data } = await execute(host, { create: step(credential, parameters) });
		service.data.quota = 500;
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toBe(
			'SePay eInvoice denied access: Hết hạn ngạch phát hành hóa đơn điện tử',
		);
	});

	test('makes one invoice for each sale, also when n8n is killed meanwhile', async () => {
		service.data.submissions.length = 0;
		console.log(await proveOneInvoiceEach(host, service, credential, 4, new Random(5)));
	});

	test('leaves no secret in any execution and in the log', async () => {
		const tokens = service.requests.map(({ headers }) => headers.authorization?.split(' ')[1]);
		const secrets = [service.client.secret, ...new Set(tokens)].filter(Boolean);
		expect(secrets.length).toBeGreaterThan(3);
		const executions = await host.n8n.executions();
		const words = JSON.stringify(executions.map(({ data }) => data)) + host.instance.log;
		for (const secret of secrets) expect(words).not.toContain(secret);
	});
});
