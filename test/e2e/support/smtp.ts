import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** An email as it was sent: its whole text, and to whom. */
export interface Email {
	to: string[];
	source: string;
}

/** A server that takes emails without a login, on 127.0.0.1. */
export interface MailServer {
	port: number;
	emails: Email[];
	/** Whether it refuses what comes. */
	isFull: boolean;
	close(): void;
}

export async function startMailServer(): Promise<MailServer> {
	const mail: MailServer = { port: 0, emails: [], isFull: false, close: () => server.close() };
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onData(stream, { envelope }, callback) {
			void text(stream).then((source) => {
				if (mail.isFull) return callback(new Error('Mailbox full'));
				mail.emails.push({ to: envelope.rcptTo.map(({ address }) => address), source });
				callback();
			});
		},
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	mail.port = (server.server.address() as AddressInfo).port;
	return mail;
}

/** The bytes of the first attachment of a type. */
export function attachmentOf({ source }: Email, type: string): string {
	const [, encoded = ''] =
		new RegExp(`Content-Type: ${type}[^]*?\\r\\n\\r\\n([A-Za-z0-9+/=\\r\\n]+)`).exec(source) ?? [];
	return Buffer.from(encoded, 'base64').toString('utf8');
}
