import { startJsonServer } from './jsonServer';

const TOKEN = '1:token';

/** What a bot sent: a text, or the address of a picture and its caption. */
export interface TelegramMessage {
	chat: string;
	text: string;
	photo?: string;
}

/** Telegram's Bot API for one bot, on 127.0.0.1. */
export interface Telegram {
	/** Data of n8n's credential for the bot. */
	credential: { accessToken: string; baseUrl: string };
	/** What the bot sent, the oldest first. */
	messages: TelegramMessage[];
	/** How many messages are refused next. */
	refuses: number;
	/** Where the bot is told what people write to it. */
	webhook?: { url: string; secret_token: string };
	/** Writes to the bot; `at` is where the webhook's host is reached. */
	write(chat: number, text: string, at: string): Promise<number>;
	close(): void;
}

export async function startTelegram(): Promise<Telegram> {
	const server = await startJsonServer(({ path, body }) => {
		const method = path.split(`/bot${TOKEN}/`)[1];
		if (method === 'setWebhook') telegram.webhook = body as unknown as Telegram['webhook'];
		if (method === 'deleteWebhook') telegram.webhook = undefined;
		if (method === 'getWebhookInfo') {
			return { body: { ok: true, result: { url: telegram.webhook?.url ?? '' } } };
		}
		if (method === 'sendMessage' || method === 'sendPhoto') {
			if (telegram.refuses > 0) {
				telegram.refuses--;
				return { status: 500, body: { ok: false, description: 'Internal Server Error' } };
			}
			const { chat_id, caption = '', text = caption, photo } = body as Record<string, string>;
			// It refuses what is no HTML of its own.
			const isHtml = /^(?:[^<&]|<\/?(?:b|code)>|&(?:amp|lt);)*$/.test(text);
			if (body.parse_mode !== 'HTML' || !isHtml) {
				return { status: 400, body: { ok: false, description: "can't parse entities" } };
			}
			telegram.messages.push({ chat: String(chat_id), text, photo });
		}
		return { body: { ok: true, result: { message_id: 1 } } };
	});
	const telegram: Telegram = {
		credential: { accessToken: TOKEN, baseUrl: server.url },
		messages: [],
		refuses: 0,
		write: async (chat, text, at) => {
			const { url, secret_token } = telegram.webhook!;
			const response = await fetch(new URL(new URL(url).pathname, at), {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-telegram-bot-api-secret-token': secret_token,
				},
				body: JSON.stringify({
					update_id: 1,
					message: { message_id: 1, chat: { id: chat }, text },
				}),
			});
			return response.status;
		},
		close: server.close,
	};
	return telegram;
}
