import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Mail {
	to: string[];
	subject: string;
	text: string;
	/** What is attached. */
	files?: Array<{ name?: string; text: string }>;
}

/** A mail server on 127.0.0.1 that keeps what it is sent. */
export interface Mailbox {
	port: number;
	mails: Mail[];
	close(): Promise<void>;
}

export async function startMailbox(): Promise<Mailbox> {
	const mails: Mail[] = [];
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		authOptional: true,
		onAuth: (_auth, _session, done) => done(null, { user: 'shop' }),
		onData: (stream, { envelope }, done) => {
			void simpleParser(stream).then(({ subject = '', text = '', attachments }) => {
				const to = envelope.rcptTo.map(({ address }) => address);
				const files = attachments.map(({ filename, content }) => ({
					name: filename,
					text: content.toString('utf8'),
				}));
				mails.push({ to, subject, text: text.trim(), ...(files.length > 0 && { files }) });
				done();
			}, done);
		},
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
