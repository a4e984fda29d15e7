import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { refused, type Answer } from './answers';
import type { Faults, FaultRule } from './faults';
import type { SlidingWindow } from './limits';
import { Refusal } from './refusal';
import type { SeenRequest, State } from './state';

/** A request on its way to the part of the sandbox that answers it. */
export interface Call extends SeenRequest {
	params: Record<string, string>;
}

/** What is kept with an answer until it is sent, in `res.locals`. */
interface Locals {
	seen: SeenRequest;
	fault?: FaultRule;
}

function parseBody(text: string, type: string): unknown {
	try {
		if (type.startsWith('application/json')) return JSON.parse(text);
	} catch {
		return undefined;
	}
	return type.startsWith('application/x-www-form-urlencoded')
		? Object.fromEntries(new URLSearchParams(text))
		: undefined;
}

function see(req: Request): SeenRequest {
	const url = new URL(req.originalUrl, 'http://sandbox');
	const rawBody = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
	return {
		method: req.method,
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		headers: req.headers as Record<string, string>,
		body: parseBody(rawBody, req.headers['content-type'] ?? ''),
		rawBody,
		receivedAt: Date.now(),
	};
}

/** What is made of the true answer, so the request is carried out. */
const HALVES: unknown[] = ['cutShort', 'halfJson'];

/** Sends the answer, or what the fault makes of it. */
async function respond(state: State, res: Response, trueAnswer?: Answer): Promise<void> {
	const { seen, fault } = res.locals as Locals;
	if (seen.path.startsWith('/api/') && state.latencyMs > 0) {
		await sleep(state.latencyMs, undefined, { signal: state.closing.signal }).catch(() => {});
	}
	if (fault?.answer === 'hang') return;
	if (fault?.answer === 'cut') {
		res.destroy();
		return;
	}
	let { status, headers, body } = trueAnswer ?? { status: 0, headers: {}, body: '' };
	if (fault?.answer === 'cutShort') {
		seen.status = status;
		res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
		res.write(body.slice(0, Math.floor(body.length / 2)), () => res.destroy());
		return;
	}
	if (fault?.answer === 'halfJson') {
		body = body.slice(0, Math.floor(body.length / 2));
	} else if (fault) {
		status = fault.answer.status;
		headers = {
			'content-type': fault.answer.contentType ?? 'application/json; charset=utf-8',
			...fault.answer.headers,
		};
		body =
			typeof fault.answer.body === 'string'
				? fault.answer.body
				: (JSON.stringify(fault.answer.body) ?? '');
	}
	seen.status = status;
	const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
	res.writeHead(status, { ...headers, ...length }).end(body);
}

/** Logs each request; the API's rate limit and the faults that come before the effect end it here. */
export function admit(state: State, faults: Faults, window: SlidingWindow): RequestHandler {
	return async (req, res, next) => {
		const seen = see(req);
		state.requests.push(seen);
		res.locals.seen = seen;
		if (state.rateLimit && seen.path.startsWith('/api/')) {
			const wait = window.take(req.socket.remoteAddress ?? '', state.rateLimit);
			if (wait > 0) {
				const name = state.variants.retryAfter;
				const seconds = String(Math.ceil(wait / 1000));
				const headers: Record<string, string> = name === 'none' ? {} : { [name]: seconds };
				const refusal = new Refusal(429, 'Too many requests', { headers });
				return respond(state, res, refused(refusal, state.variants));
			}
		}
		const fault = faults.take(seen.method, seen.path);
		res.locals.fault = fault;
		if (fault && fault.when !== 'after' && !HALVES.includes(fault.answer))
			return respond(state, res);
		next();
	};
}

/** Turns a function from call to answer into an express handler; a thrown Refusal is an answer. */
export function endpoint(state: State, handle: (call: Call) => Answer): RequestHandler {
	return async (req, res) => {
		let answer: Answer;
		try {
			const params = req.params as Record<string, string>;
			answer = handle({ ...(res.locals as Locals).seen, params });
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			answer = refused(error, state.variants);
		}
		await respond(state, res, answer);
	};
}
