import { startEInvoice } from '../sandbox/eInvoice';
import { Random } from '../sandbox/random';
import { dataOf, proveOneInvoiceEach, TYPE } from './support/eInvoice';
import { startE2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';

const KILLS = Number(process.env.KILLS ?? 200);

jest.setTimeout(3 * 3_600_000);

test.each(oneRelease())(
	`one invoice for each sale, through ${KILLS} kills of the %s n8n`,
	async (name) => {
		const host = await startE2eHost(name);
		const service = await startEInvoice();
		try {
			const credential = await host.n8n.createCredential(TYPE, 'eInvoice', dataOf(service));
			console.log(await proveOneInvoiceEach(host, service, credential, KILLS, new Random(17)));
		} finally {
			await service.close();
			await host.close();
		}
	},
);
