import { itemsOf } from '../../scripts/n8n/client';
import { PICTURE, startQrService } from '../sandbox/qr';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { releases } from './support/releases';
import { coreNode, execute, outputs } from './support/run';
import { AMOUNT } from './support/shop';

jest.setTimeout(600_000);

describe.each(releases())('Payment on the %s n8n', (name) => {
	let host: E2eHost;

	beforeAll(async () => {
		host = await startE2eHost(name);
	});

	afterAll(async () => {
		await host?.close();
	});

	/** A node of Payment without any credential. */
	const bare = (parameters: Record<string, unknown>) => ({
		node: { parameters: { resource: 'payment', ...parameters }, credentials: {} },
	});

	test('codes, QRs and verdicts need no credential, and only the picture asks somebody', async () => {
		const service = await startQrService();
		host.sandbox.clearRequests();
		const execution = await execute(host, {
			code: bare({ operation: 'generateCode', codeStructure: 'custom', prefix: 'DH' }),
			address: bare({
				operation: 'createQr',
				bank: 'VietinBank',
				accountNumber: '109876543210',
				amount: AMOUNT,
				memo: '={{ $json.code }}',
			}),
			picture: bare({
				operation: 'createQr',
				bank: 'MBBank',
				accountNumber: '0901234567',
				amount: AMOUNT,
				memo: '={{ $("code").item.json.code }}',
				download: true,
				options: { qrService: service.url },
			}),
			transaction: coreNode('set', 3.4, {
				mode: 'raw',
				jsonOutput: `={{ ({ id: 1, direction: "in", amount: ${AMOUNT}, content: $("code").item.json.code }) }}`,
			}),
			verdict: bare({
				operation: 'match',
				expectedPayments: {
					payment: [{ code: '={{ $("code").item.json.code }}', amount: AMOUNT }],
				},
			}),
		});
		await service.close();
		expect(execution.data.resultData.error).toBeUndefined();
		const [[code], [address], [picture], [verdict]] = ['code', 'address', 'picture', 'verdict'].map(
			(node) => itemsOf(execution, node),
		);
		expect(code.json.code).toMatch(/^DH[1-9]\d{7}$/);
		expect(address.json.url).toBe(
			`https://vietqr.app/img?acc=109876543210&bank=VietinBank&amount=${AMOUNT}&des=SEVQR%20${String(code.json.code)}`,
		);
		expect(picture.binary).toMatchObject({
			data: { mimeType: 'image/png', fileSize: `${PICTURE.length} B` },
		});
		expect(verdict.json).toMatchObject({ verdict: 'paid', code: code.json.code });
		expect(service.seen).toHaveLength(1);
		expect(host.sandbox.requests).toEqual([]);
	});

	test("generates codes in the company's structure", async () => {
		const { code } = await outputs(host, {
			code: { resource: 'payment', operation: 'generateCode', prefix: 'HOC' },
		});
		expect(code).toEqual([{ code: expect.stringMatching(/^HOC[2-9B-Z]{10}$/), prefix: 'HOC' }]);
	});
});
