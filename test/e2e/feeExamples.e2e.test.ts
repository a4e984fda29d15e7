import path from 'node:path';
import type { Credential } from '../../scripts/n8n/types';
import { readWorkflow } from '../../scripts/n8n/workflow';
import type { Transaction } from '../sandbox';
import { startMailbox, type Mailbox } from './support/mailbox';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';
import { keepDay } from './support/sameDay';
import { startTelegram, type Telegram } from './support/telegram';

jest.setTimeout(400_000);

describe.each(oneRelease())('examples of fees, rents and the month on the %s n8n', (name) => {
	let host: E2eHost;
	let mailbox: Mailbox;
	let telegram: Telegram;
	let credentials: Record<string, Credential>;

	beforeAll(async () => {
		host = await startE2eHost(name);
		mailbox = await startMailbox();
		telegram = await startTelegram();
		const { n8n } = host;
		credentials = {
			sePayOAuth2Api: host.credential,
			telegramApi: await n8n.createCredential('telegramApi', 'Bot', telegram.credential),
			smtp: await n8n.createCredential('smtp', 'Mail', mailbox.credential),
		};
	});

	beforeEach(() => {
		host.sandbox.data.transactions.length = 0;
		mailbox.mails.length = 0;
		telegram.messages.length = 0;
	});

	afterAll(async () => {
		await host?.close();
		telegram?.close();
		await mailbox?.close();
	});

	/** Stores the example with its Data Tables. */
	async function setUp(file: string) {
		const definition = await readWorkflow(
			path.join(__dirname, '../../examples', file),
			credentials,
		);
		const { id } = await host.n8n.saveWorkflow(definition);
		const run = async (trigger: string) => {
			const execution = await host.n8n.runWorkflow(id, trigger);
			expect(execution.data.resultData.error).toBeUndefined();
			expect(execution.status).toBe('success');
		};
		await run('Set Up');
		return run;
	}

	const pay = (transaction_content: string, amount_in: number, more: Partial<Transaction> = {}) =>
		host.sandbox.addTransaction({ transaction_content, amount_in, ...more });

	/** Rows with these columns only. */
	const rows = async (table: string, ...columns: string[]) =>
		(await host.n8n.tableRows(table)).map((row) => columns.map((column) => row[column]));

	const qr = (amount: number, memo: string) =>
		`https://vietqr.app/img?acc=0071000888888&bank=Vietcombank&amount=${amount}&des=${memo}`;

	test('school-fees.json reminds who has not paid all of exactly what is missing', async () => {
		const run = await setUp('school-fees.json');
		const pupil = (code: string, student: string, more: object = {}) => ({
			code,
			student,
			className: '6A',
			fee: 2_500_000,
			email: `${student.toLowerCase()}@example.com`,
			...more,
		});
		await host.n8n.addTableRows('SePay Class List', [
			pupil('HS1001', 'An'),
			pupil('hs1002', 'Binh'),
			pupil('HS1003', 'Chi'),
			pupil('HS1004', 'Dung'),
			pupil('HS1005', 'Em'),
			pupil('HS1006', 'Giang', { fee: 0 }),
			pupil('HS1007', 'Hoa', { email: '' }),
		]);
		// A person has ticked this one before.
		await host.n8n.addTableRows('SePay Fees to Check', [
			{ key: 'duplicate HS1005 5000000', handled: true },
		]);
		pay('HS1001 dot 1', 1_000_000);
		pay('NGUYEN THI LAN nop hoc phi hs 1001', 1_500_000);
		pay('HS1002 An', 2_000_000);
		pay('HS1004', 2_600_000);
		pay('HS1005', 2_500_000);
		pay('HS1005 lan 2', 2_500_000);
		const unclear = pay('HS1003 va HS1007', 5_000_000);
		const unknown = pay('hoc phi thang 9', 300_000);
		pay('HS1003', 2_500_000, { transaction_date: '2026-08-31 23:59:59' });
		host.sandbox.addTransaction({
			transaction_content: 'HS1003 hoan',
			amount_out: 1,
			amount_in: 0,
		});

		await run('Every Monday');
		expect(await rows('SePay Class List', 'student', 'status', 'receivedAmount')).toEqual([
			['An', 'paid', 2_500_000],
			['Binh', 'partly paid', 2_000_000],
			['Chi', 'not paid', 0],
			['Dung', 'paid', 2_600_000],
			['Em', 'paid', 5_000_000],
			['Giang', null, null],
			['Hoa', 'not paid', 0],
		]);
		const reminder = (
			student: string,
			received: string,
			missing: string,
			amount: number,
			code: string,
		) => ({
			to: [`${student.toLowerCase()}@example.com`],
			subject: `Nhắc đóng học phí của ${student}, lớp 6A`,
			text: [
				`Kính gửi phụ huynh em ${student},`,
				`Nhà trường đã nhận ${received} đ trên tổng học phí 2.500.000 đ. Còn thiếu ${missing} đ.`,
				`Nội dung chuyển khoản: ${code}\nQuét mã QR để chuyển đúng số tiền: ${qr(amount, code)}`,
				'Nếu vừa chuyển khoản, xin bỏ qua email này. Trân trọng cảm ơn.',
			].join('\n\n'),
		});
		const reminders = [
			reminder('Binh', '2.000.000', '500.000', 500_000, 'HS1002'),
			reminder('Chi', '0', '2.500.000', 2_500_000, 'HS1003'),
		];
		expect(mailbox.mails).toEqual(reminders);
		const columns = ['key', 'problem', 'code', 'amount', 'handled'];
		const toCheck = await rows('SePay Fees to Check', ...columns);
		expect(toCheck).toHaveLength(6);
		expect(toCheck).toEqual(
			expect.arrayContaining([
				['duplicate HS1005 5000000', 'paid twice', 'HS1005', 5_000_000, true],
				['overpaid HS1004 2600000', '100000 VND too much', 'HS1004', 2_600_000, null],
				[
					`unclear ${unclear.id} 5000000`,
					'it contains several payment codes: HS1003, HS1007',
					'',
					5_000_000,
					null,
				],
				[
					`unmatched ${unknown.id} 300000`,
					'it contains no expected payment code',
					'',
					300_000,
					null,
				],
				['invalid HS1006 0', expect.stringMatching(/^Row 6: /), 'HS1006', 0, null],
				[
					'not sent HS1007',
					expect.stringMatching(/^the reminder could not be sent: /),
					'HS1007',
					0,
					null,
				],
			]),
		);
		// A week later nothing is written down twice, and who has not paid is reminded again.
		await run('Every Monday');
		expect(await rows('SePay Fees to Check', ...columns)).toEqual(toCheck);
		expect(mailbox.mails).toEqual([...reminders, ...reminders]);
	});

	test('landlord-rent.json bills each room once a month and tells what came for which bill', async () => {
		const run = await setUp('landlord-rent.json');
		await keepDay(120_000);
		const today = new Date(Date.now() + 7 * 3_600_000);
		const month = (offset: number) =>
			new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + offset))
				.toISOString()
				.slice(0, 7);
		const codeOf = (room: string, offset = 0) => {
			const [year, number] = month(offset).split('-');
			return `PT${room}${number}${year.slice(2)}`;
		};
		await host.n8n.addTableRows('SePay Rooms', [
			{ room: '101', tenant: 'Lan', rent: 3_000_000, email: 'lan@example.com' },
			{ room: '2-b', tenant: 'Minh', rent: 2_500_000, email: 'minh@example.com' },
			{ room: '103', tenant: 'Nam', email: 'nam@example.com' },
			{ room: '104', tenant: 'Hoa', rent: 2_000_000, email: '' },
		]);
		await host.n8n.addTableRows('SePay Rents', [
			{
				code: codeOf('101', -1),
				month: month(-1),
				room: '101',
				tenant: 'Lan',
				amount: 3_000_000,
				status: 'paid',
				receivedAmount: 3_000_000,
				lastTransfer: `${month(-1)}-05T08:00:00+07:00`,
			},
		]);
		await run('Every Month');
		await run('Every Month');
		const [lan, minh, hoa] = [codeOf('101'), codeOf('2B'), codeOf('104')];
		const bill = (code: string, amount: number, status = 'awaiting payment', received = 0) => [
			code,
			month(0),
			amount,
			status,
			received,
		];
		const rents = async () =>
			(await rows('SePay Rents', 'code', 'month', 'amount', 'status', 'receivedAmount')).slice(1);
		expect(await rents()).toEqual([
			bill(lan, 3_000_000),
			bill(minh, 2_500_000),
			bill(hoa, 2_000_000),
		]);
		expect(mailbox.mails).toHaveLength(2);
		expect(mailbox.mails[1]).toEqual({
			to: ['minh@example.com'],
			subject: `Tiền phòng 2-b tháng ${month(0).split('-').reverse().join('/')}`,
			text: [
				'Chào Minh,',
				'Tiền phòng 2-b tháng này: 2.500.000 đ.',
				`Nội dung chuyển khoản: ${minh}\nQuét mã QR để chuyển đúng số tiền: ${qr(2_500_000, minh)}`,
				'Xin cảm ơn.',
			].join('\n\n'),
		});

		const told = () => telegram.messages.splice(0).map(({ text }) => text);
		pay(`${lan} dot 1`, 1_000_000);
		pay(minh, 2_500_000);
		await run('Every Hour');
		expect(told()).toEqual([
			`Tiền phòng ${lan}: đã nhận <b>1.000.000 đ</b> trên 3.000.000 đ`,
			`Tiền phòng ${minh}: đã nhận <b>2.500.000 đ</b> trên 2.500.000 đ`,
		]);
		await run('Every Hour');
		expect(told()).toEqual([]);

		pay(`${lan} phan con lai`, 2_000_000);
		pay(`${minh} lan 2`, 2_500_000);
		const late = pay(`tra ${codeOf('101', -1)}`, 3_000_000);
		const unknown = pay('tien dien', 70_000);
		await run('Every Hour');
		await run('Every Hour');
		expect(told()).toEqual([
			`Tiền phòng ${lan}: đã nhận <b>3.000.000 đ</b> trên 3.000.000 đ`,
			`Tiền phòng ${minh}: đã nhận <b>5.000.000 đ</b> trên 2.500.000 đ`,
		]);
		expect(await rents()).toEqual([
			bill(lan, 3_000_000, 'paid', 3_000_000),
			bill(minh, 2_500_000, 'paid', 5_000_000),
			bill(hoa, 2_000_000),
		]);
		const toCheck = await rows('SePay Rent to Check', 'problem', 'code', 'amount', 'date');
		expect(toCheck).toHaveLength(5);
		expect(toCheck).toEqual(
			expect.arrayContaining([
				['the room has no rent in whole VND', codeOf('103'), 0, month(0)],
				[expect.stringMatching(/^the bill could not be sent: /), hoa, 0, expect.anything()],
				['paid twice', minh, 5_000_000, expect.anything()],
				[
					'a transfer for a rent that was paid before',
					codeOf('101', -1),
					3_000_000,
					`${late.transaction_date.replace(' ', 'T')}+07:00`,
				],
				[
					'it contains no expected payment code',
					'',
					70_000,
					`${unknown.transaction_date.replace(' ', 'T')}+07:00`,
				],
			]),
		);
	});

	test('accountant-month.json sums up last month to the dong, with balances that agree', async () => {
		const run = await setUp('accountant-month.json');
		const { data } = host.sandbox;
		const [account, other, ...idle] = data.bankAccounts;
		await keepDay(60_000);
		const now = new Date(Date.now() + 7 * 3_600_000);
		const day = (months: number, date: number) =>
			new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, date))
				.toISOString()
				.slice(0, 10);
		const book = (transaction_date: string, change: number, accumulated: number, more = {}) =>
			pay('tien hang', Math.max(change, 0), {
				transaction_date,
				accumulated,
				amount_out: Math.max(-change, 0),
				...more,
			});
		book(`${day(-1, 0)} 23:59:59`, 999, 1_000_000);
		// The same second: only one order of the two agrees with the balances.
		book(`${day(-1, 1)} 00:00:00`, 300_000, 1_300_000, { transaction_content: '=HYPERLINK("x")' });
		book(`${day(-1, 1)} 00:00:00`, -50_000, 1_250_000);
		const last = book(`${day(0, 0)} 23:59:59`, 90_000_000_000_000, 90_000_001_250_000);
		book(`${day(-1, 15)} 12:00:00`, 1, 77, { bank_account_id: other.id });
		const missing = book(`${day(-1, 16)} 12:00:00`, 22, 100, { bank_account_id: other.id });
		book(`${day(0, 1)} 00:00:00`, 888, 90_000_001_250_888);
		const month = day(-1, 1).slice(0, 7);
		const totals = async () =>
			await rows(
				...(['SePay Monthly Totals', 'key', 'transfers', 'openingBalance', 'moneyIn'] as const),
				...['moneyOut', 'closingBalance', 'problem'],
			);
		const key = ({ account_number }: { account_number: string }) => `${month} ${account_number}`;
		const large = [key(account), 3, 1_000_000, 90_000_000_300_000, 50_000, 90_000_001_250_000, ''];
		const others = idle.map((one) => [key(one), 0, null, 0, 0, null, '']);

		await run('Every Month');
		expect(await totals()).toEqual(
			expect.arrayContaining([
				large,
				[key(other), 2, 76, 23, 0, 100, 'the balances differ by 1 VND from the transfers'],
				...others,
			]),
		);
		expect(mailbox.mails).toEqual([
			expect.objectContaining({
				to: ['accountant@shop.example.com'],
				subject: `Giao dịch ngân hàng tháng ${month.split('-').reverse().join('/')}`,
				text: expect.stringContaining(
					[
						`${last.bank_brand_name} ${account.account_number}: 3 giao dịch`,
						'Số dư đầu kỳ: 1.000.000',
						'Tiền vào: 90.000.000.300.000',
						'Tiền ra: 50.000',
						'Số dư cuối kỳ: 90.000.001.250.000',
					].join('\n'),
				),
			}),
		]);
		const [{ files }] = mailbox.mails;
		const [file] = files!;
		expect(file.name).toBe(`sepay-${month}.csv`);
		const [header, ...lines] = file.text.trimEnd().split('\n');
		expect(header).toBe(
			'\ufeffdate,bank,accountNumber,moneyIn,moneyOut,balance,content,code,reference,transactionId',
		);
		expect(lines).toHaveLength(5);
		expect(lines[0]).toContain(`,300000,0,1300000,"'=HYPERLINK(""x"")",`);
		expect(lines.at(-1)).toMatch(`${day(0, 0)} 23:59:59,`);
		expect(lines.at(-1)).toContain(',90000000000000,0,90000001250000,');

		// Put right, and repeated: each account still has one row.
		missing.accumulated = 99;
		await run('Every Month');
		expect(await totals()).toHaveLength(data.bankAccounts.length);
		expect(await totals()).toContainEqual([key(other), 2, 76, 23, 0, 99, '']);
	});
});
