import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Answer } from './answers';
import { ApiError } from './apiError';
import { echoOf } from './echo';
import type { FaultAnswer, FaultRule, Faults } from './faults';
import { formFields } from './form';
import type { RateLimitWindow } from './limits';
import type { SeenRequest, Service } from './state';

/** A request on its way to the part of the sandbox that answers it. */
export interface EndpointCall extends SeenRequest {
	params: Record<string, string>;
}

/** What is kept with an answer until it is sent, in `res.locals`. */
interface Locals {
	seen: SeenRequest;
	fault?: FaultRule;
}

async function parseBody(bytes: Buffer, type: string): Promise<unknown> {
	try {
		if (type.startsWith('application/json')) return JSON.parse(bytes.toString('utf8'));
		if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(type)) return undefined;
		const form = new Response(new Uint8Array(bytes), { headers: { 'content-type': type } });
		return formFields(await form.formData());
	} catch {
		return undefined;
	}
}

async function readRequest(req: Request): Promise<SeenRequest> {
	const receivedAt = Date.now();
	const url = new URL(req.originalUrl, 'http://sandbox');
	const bytes: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
	return {
		method: req.method,
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		search: url.search,
		headers: req.headers as Record<string, string>,
		body: await parseBody(bytes, req.headers['content-type'] ?? ''),
		rawBody: bytes.toString('utf8'),
		bytes,
		receivedAt,
	};
}

/** What is made of the true answer, so the request is carried out. */
const AFTER_EFFECT: unknown[] = ['cutShort', 'halfJson'];

/** The answer that stands in place of the true one. */
function answerOf(
	seen: SeenRequest,
	{ status, headers, body, echo, redirectTo, contentType }: FaultAnswer,
): Answer {
	const echoed = echo && echoOf(seen, status, echo);
	const type = echoed?.contentType ?? contentType ?? 'application/json; charset=utf-8';
	return {
		status,
		headers: {
			'content-type': type,
			...(redirectTo !== undefined && { location: redirectTo + seen.path + seen.search }),
			...headers,
		},
		body: echoed?.body ?? (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')),
	};
}

/** Sends the answer, or what the fault makes of it. */
async function respond(service: Service, res: Response, trueAnswer?: Answer): Promise<void> {
	const { seen, fault } = res.locals as Locals;
	const { latencyMs, closing } = service;
	if (service.isApi(seen.path) && latencyMs > 0) {
		await sleep(latencyMs, undefined, { signal: closing.signal }).catch(() => {});
	}
	const instead = fault?.answer;
	const isHeld = typeof instead === 'object' && 'after' in instead;
	if (isHeld) await instead.after;
	if (instead === 'hang') return;
	if (instead === 'cut') {
		res.destroy();
		return;
	}
	let { status, headers, body } = trueAnswer ?? { status: 0, headers: {}, body: '' };
	if (instead === 'cutShort') {
		seen.status = status;
		res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
		res.write(body.slice(0, Math.floor(body.length / 2)), () => res.destroy());
		return;
	}
	if (instead === 'halfJson') {
		body = body.slice(0, Math.floor(body.length / 2));
	} else if (instead && !isHeld) {
		({ status, headers, body } = answerOf(seen, instead));
	}
	seen.status = status;
	const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
	res.writeHead(status, { ...headers, ...length }).end(body);
}

/** Logs each request; the API's rate limit and the faults that come before the effect end it here. */
export function logAndLimit(
	service: Service,
	faults: Faults,
	window: RateLimitWindow,
): RequestHandler {
	return async (req, res, next) => {
		const seen = await readRequest(req);
		service.requests.push(seen);
		res.locals.seen = seen;
		if (service.rateLimit && service.isApi(seen.path)) {
			const wait = window.take(
				service.limitKey?.(seen) ?? req.socket.remoteAddress ?? '',
				service.rateLimit,
			);
			if (wait > 0) {
				const name = service.variants.retryAfter;
				const seconds = String(Math.ceil(wait / 1000));
				const headers: Record<string, string> = name === 'none' ? {} : { [name]: seconds };
				const apiError = new ApiError(429, 'Too many requests', { headers });
				return respond(service, res, service.refused(apiError, seen));
			}
		}
		const fault = faults.take(seen.method, seen.path);
		res.locals.fault = fault;
		if (fault && fault.when !== 'after' && !AFTER_EFFECT.includes(fault.answer))
			return respond(service, res);
		next();
	};
}

/** Turns a function from call to answer into an express handler; a thrown Refusal is an answer. */
export function endpoint(
	service: Service,
	handle: (call: EndpointCall) => Answer | Promise<Answer>,
): RequestHandler {
	return async (req, res) => {
		const { seen } = res.locals as Locals;
		let answer: Answer;
		try {
			const params = req.params as Record<string, string>;
			answer = await handle({ ...seen, params });
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			answer = service.refused(error, seen);
		}
		await respond(service, res, answer);
	};
}

/**
 * The JSON object that was sent.
 * @throws Refusal 400
 */
export function jsonObjectOf(call: EndpointCall): Record<string, unknown> {
	const isJson = call.headers['content-type']?.startsWith('application/json');
	if (!isJson || typeof call.body !== 'object' || !call.body || Array.isArray(call.body)) {
		throw new ApiError(400, 'The body must be a JSON object');
	}
	return call.body as Record<string, unknown>;
}
