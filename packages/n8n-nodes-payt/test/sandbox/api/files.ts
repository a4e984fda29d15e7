import { createHash, randomUUID } from 'node:crypto';
import { Router } from 'express';
import type { Answer } from '../../../../../test/sandbox/answers';
import { ApiError } from '../../../../../test/sandbox/apiError';
import { endpoint, type EndpointCall } from '../../../../../test/sandbox/endpoint';
import { json } from '../answers';
import { timeOf } from '../data';
import type { StoredFile } from '../model';
import type { State } from '../state';
import { invalid, type Context, type Handlers } from './context';

/** How long a file may be put to its address, milliseconds of the sandbox clock. */
export const UPLOAD_LIFE = 4 * 3_600_000;

const keyOf = (checksum: string, administrationId?: string) => `${administrationId} ${checksum}`;

/** A file that was announced in the administration. */
export function fileOf(checksum: string, context: Context): StoredFile | undefined {
	return context.state.data.files.get(keyOf(checksum, context.administrationId));
}

/** Announces files; those whose bytes are there are left out. */
function announce(context: Context): Answer {
	const { state, administrationId, body } = context;
	const { data, clock, variants, url, uploads } = state;
	const files = body.files as Array<Omit<StoredFile, 'byte_size'> & { byte_size: unknown }>;
	const answers = files
		.filter(({ checksum }) => !fileOf(checksum, context)?.bytes)
		.map(({ checksum, content_type, byte_size }) => {
			const key = keyOf(checksum, administrationId);
			data.files.set(key, { checksum, content_type, byte_size: Number(byte_size) });
			const token = randomUUID();
			uploads.set(token, key);
			const expires_at = timeOf(clock.now() + UPLOAD_LIFE);
			return { checksum, url: `${url}/uploads/${token}`, expires_at };
		});
	const isObject = variants.filesAnswer === 'object' && answers.length < 2;
	return json(201, isObject ? (answers[0] ?? {}) : answers, variants);
}

/** Takes the bytes of a file: size, type and checksum have to be as announced. */
function upload(
	{ params, headers, bytes }: EndpointCall,
	{ uploads, data, variants }: State,
): Answer {
	const file = data.files.get(uploads.get(params.token) ?? '');
	if (!file) throw new ApiError(403, 'The address is not valid or expired');
	const wrong = [
		['content_type', headers['content-type'] !== file.content_type],
		['byte_size', bytes.length !== file.byte_size],
		['checksum', createHash('sha3-512').update(bytes).digest('base64') !== file.checksum],
	].find(([, differs]) => differs);
	if (wrong) throw invalid(`${wrong[0]} differs`, String(wrong[0]));
	file.bytes = bytes;
	return json(200, {}, variants);
}

/** The addresses that files are put to; they are the proof, no token is needed. */
export function uploadRoutes(state: State): Router {
	const router = Router();
	router.put(
		'/:token',
		endpoint(state, (call) => upload(call, state)),
	);
	return router;
}

async function order({ state, body, administrationId }: Context): Promise<Answer> {
	const { file } = body.order as { file: unknown };
	if (!(file instanceof File)) throw invalid('order.file must be a file', 'order.file');
	const { orders } = state.data;
	const bytes = Buffer.from(await file.arrayBuffer());
	orders.push({ administration_id: administrationId!, name: file.name, bytes });
	const deeplink_url = `https://app.paytsoftware.com/orders/${orders.length}`;
	return json(201, { deeplink_url }, state.variants);
}

export const fileHandlers: Handlers = {
	'post /v1/files': announce,
	'post /v1/orders': order,
};
