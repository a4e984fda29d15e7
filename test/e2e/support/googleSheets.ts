import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { jsonListener } from './jsonServer';

const HOST = 'sheets.googleapis.com';
const SHEET = { sheetId: 0, title: 'Payments' };

/** A Google Sheet behind a proxy that leads to no other host. */
export interface GoogleSheet {
	/** Variables with which n8n goes to Google's host by the proxy and trusts it. */
	env: NodeJS.ProcessEnv;
	/** ID of the document. */
	id: string;
	/** Name of its one sheet. */
	title: string;
	/** The cells, row by row, as they were sent. */
	rows: unknown[][];
	/** How values were to be understood: as they are (`RAW`) or as if typed in. */
	inputModes: Set<unknown>;
	close(): void;
}

/** Starts the part of Google Sheets that n8n's node asks for; openssl makes its certificate. */
export async function startGoogleSheet(header: string[]): Promise<GoogleSheet> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'n8n-e2e-google-'));
	const [key, cert] = ['key.pem', 'cert.pem'].map((file) => path.join(folder, file));
	const subject = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
	const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject];
	execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'pipe' });

	const write = (range: string, values: unknown[][]) => {
		const [, column, row] = /!([A-Z]?)(\d+)/.exec(range)!;
		values.forEach((cells, down) => {
			const line = (sheet.rows[Number(row) - 1 + down] ??= []);
			cells.forEach((cell, right) => {
				line[(column ? column.charCodeAt(0) - 65 : 0) + right] = cell;
			});
		});
	};
	const api = createServer(
		{ key: readFileSync(key), cert: readFileSync(cert) },
		jsonListener(({ method, path: address, headers, body }) => {
			if (headers.authorization !== 'Bearer google token') return { status: 401 };
			const { pathname, searchParams } = new URL(address, `https://${HOST}`);
			const place = decodeURIComponent(pathname.split(`/v4/spreadsheets/${sheet.id}`)[1]);
			if (place === '' && method === 'GET') return { body: { sheets: [{ properties: SHEET }] } };
			if (place.startsWith('/values/') && method === 'GET') {
				const text = sheet.rows.map((row) => row.map(String));
				return { body: { values: text } };
			}
			if (place === '/values:batchUpdate') {
				sheet.inputModes.add(body.valueInputOption);
				for (const { range, values } of body.data as Array<{
					range: string;
					values: unknown[][];
				}>) {
					write(range, values);
				}
			} else if (place.startsWith('/values/')) {
				sheet.inputModes.add(searchParams.get('valueInputOption'));
				write(String(body.range), body.values as unknown[][]);
			} else if (place !== ':batchUpdate') {
				return { status: 404, body: { error: { message: `${method} ${address}` } } };
			}
			return {};
		}),
	);
	const proxy = createProxy((_request, response) => response.writeHead(403).end());
	proxy.on('connect', (request, socket) => {
		if (request.url !== `${HOST}:443`) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		const onward = connect((api.address() as AddressInfo).port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			onward.pipe(socket).pipe(onward);
		});
		for (const end of [onward, socket]) end.on('error', () => onward.destroy());
	});
	for (const server of [api, proxy]) {
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	}
	const sheet: GoogleSheet = {
		env: {
			HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: cert,
		},
		id: 'the-document',
		title: SHEET.title,
		rows: [header],
		inputModes: new Set(),
		close: () => {
			for (const server of [api, proxy]) {
				server.close();
				server.closeAllConnections();
			}
			rmSync(folder, { recursive: true });
		},
	};
	return sheet;
}
