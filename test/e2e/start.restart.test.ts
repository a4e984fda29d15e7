import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

jest.setTimeout(300_000);

test('npm start -- --once shows transactions, a link, an invoice, a checkout, and a payment that starts a workflow; ends with 0', async () => {
	const start = spawn(
		process.execPath,
		[require.resolve('tsx/cli'), 'scripts/start.ts', '--once'],
		{
			cwd: path.join(__dirname, '../..'),
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	const [printed, complaints, [code]] = await Promise.all([
		text(start.stdout),
		text(start.stderr),
		once(start, 'exit'),
	]);
	expect({ code, complaints }).toMatchObject({ code: 0 });
	expect(printed).toMatch(/^\d+ +\d{4}-\d{2}-\d{2} \d{2}:\d{2} +\S+ +\d+ +[+−][\d,]+/m);
	expect(printed).toMatch(/^30 transactions$/m);
	const link = /^\S.*  Active +http:\/\/127\.0\.0\.1:\d+\/link\/[0-9a-f-]{36}$/m;
	expect(printed).toMatch(link);
	expect(printed).toMatch(/^DH\d{13}  1       issued +110,000  HD_0000001_\d{8}\.pdf$/m);
	expect(printed).toMatch(/^DH\d{13} +ORDER_PAID +NAPAS_BANK_TRANSFER +100,000$/m);
	const payment =
		/^\d{10}  \d{4}-\d{2}-\d{2} \d{2}:\d{2}  Vietcombank  0071000888888 +\+100,000  (DH\d{8})  NGUYEN VAN AN \1$/m;
	expect(printed).toMatch(payment);
	expect(printed).toMatch(/^Execution \d+: the order is paid$/m);
});
