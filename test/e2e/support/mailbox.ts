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
	/** Data of n8n's SMTP credential for it. */
	credential: Record<string, unknown>;
	mails: Mail[];
	/** Whether it refuses what comes. */
	isFull: boolean;
	close(): Promise<void>;
}

export async function startMailbox(): Promise<Mailbox> {
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		authOptional: true,
		onAuth: (_auth, _session, done) => done(null, { user: 'shop' }),
		onData: (stream, { envelope }, done) => {
			void simpleParser(stream).then(({ subject = '', text = '', attachments }) => {
				if (mailbox.isFull) return done(new Error('Mailbox full'));
				const to = envelope.rcptTo.map(({ address }) => address);
				const files = attachments.map(({ filename, content }) => ({
					name: filename,
					text: content.toString('utf8'),
				}));
				mailbox.mails.push({ to, subject, text: text.trim(), ...(files.length > 0 && { files }) });
				done();
			}, done);
		},
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	const mailbox: Mailbox = {
		credential: {
			user: '',
			password: '',
			host: '127.0.0.1',
			port: (server.server.address() as AddressInfo).port,
			secure: false,
			disableStartTls: true,
		},
		mails: [],
		isFull: false,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
	return mailbox;
}
