import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface Message {
	role: string;
	content?: string | null;
}

/** What a chat model is asked: the talk so far, and the tools that it may call. */
export interface Question {
	messages: Message[];
	tools: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** What it does: it says something, or calls a tool. */
export type Move = { say: string } | { call: string; with: Record<string, unknown> };

/** A chat model with OpenAI's protocol that moves as the script says; `url` is its base address. */
export async function startScriptedModel(script: (question: Question) => Move) {
	const asked: Question[] = [];
	const server = createServer((request, response) => {
		void json(request).then((body) => {
			const question = body as Question;
			asked.push(question);
			const move = script(question);
			const message =
				'say' in move
					? { role: 'assistant', content: move.say }
					: {
							role: 'assistant',
							content: null,
							tool_calls: [
								{
									id: `call_${asked.length}`,
									type: 'function',
									function: { name: move.call, arguments: JSON.stringify(move.with) },
								},
							],
						};
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: `chatcmpl-${asked.length}`,
					object: 'chat.completion',
					created: 1,
					model: 'scripted',
					choices: [{ index: 0, message, finish_reason: 'say' in move ? 'stop' : 'tool_calls' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		asked,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
