const MASK = '***';
/** A shorter secret, in characters, is left: it would be found within words that are none. */
const SHORTEST = 8;
/** Tokens are renewed, and what was before them is of no more use. */
const MOST_CREDENTIALS = 100;
const SECRET_NAME = /(secret|token|password|(api|secret|private)_?key)$/i;

const basicOf = (...pair: unknown[]) =>
	Buffer.from(pair.map((part) => String(part).trim()).join(':')).toString('base64');

/**
 * Every secret in a value, by the names of the fields; a token also without what is kept before it,
 * and ID and secret of a client or merchant as they are sent together.
 */
function secretsIn(value: unknown, name = ''): string[] {
	if (typeof value === 'string') {
		const secret = SECRET_NAME.test(name) ? value.trim() : '';
		return [secret, ...(/token$/i.test(name) ? secret.split(' ').slice(-1) : [])];
	}
	if (ArrayBuffer.isView(value)) return [];
	const { clientId, clientSecret, merchantId, secretKey } = Object(value);
	return [
		...(clientId && clientSecret ? [basicOf(clientId, clientSecret)] : []),
		...(merchantId && secretKey ? [basicOf(merchantId, secretKey)] : []),
		...Object.entries(Object(value)).flatMap(([key, entry]) => secretsIn(entry, key)),
	];
}

/** A text within JSON; some escape slashes and what is not ASCII as well, PHP by default both. */
function jsonOf(text: string): string[] {
	const json = JSON.stringify(text).slice(1, -1);
	return [json, json.replace(/\//g, '\\/')].flatMap((one) => [
		one,
		one.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
	]);
}

/** A text within a URL or a form; encoders differ in the signs that need no encoding, and in case. */
function urlOf(text: string): string[] {
	const form = new URLSearchParams([['', text]]).toString().slice(1);
	const url = form.replace(/\+/g, '%20');
	return [
		form,
		url,
		url.replace(/%(21|27|28|29|7E)/g, decodeURIComponent),
		url.replace(/%7E/g, '~').replace(/\*/g, '%2A'),
	].flatMap((one) => [one, one.replace(/%../g, (code) => code.toLowerCase())]);
}

/** A text as it is, as JSON and URLs have it, and as they have it when it was written so before. */
function writingsOf(text: string): string[] {
	if (/^\w+$/.test(text)) return [text];
	const once = [...jsonOf(text), ...urlOf(text)];
	return [text, ...once, ...once.flatMap(jsonOf), ...once.flatMap(urlOf)];
}

/** The characters of a Base64 text that depend on the secret alone, wherever in the text it begins. */
function base64Of(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].flatMap((before) => {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		const end = Math.floor(((before + bytes.length) * 4) / 3);
		const own = text.slice(Math.ceil((before * 4) / 3), end);
		return [own, own.replace(/\+/g, '-').replace(/\//g, '_')];
	});
}

function patternOf(secrets: string[]): RegExp {
	const forms = secrets
		.flatMap((secret) => [secret, ...base64Of(secret)])
		.flatMap(writingsOf)
		// Of two that begin alike the longer one is looked for first.
		.sort((a, b) => b.length - a.length)
		.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
	return new RegExp([...new Set(forms)].join('|'), 'g');
}

/** Gives a value back with secrets masked in all its texts, names of fields included. */
export type Redact = <T>(value: T) => T;

/**
 * Masks secrets in texts and in whole answers: as they are, in Base64 alone or within more such as
 * `user:password`, and as URLs and JSON write them. Secrets of fewer than 8 characters stay.
 *
 * @param sources credentials and bodies of requests, in which secrets are known by their fields' names
 */
export function redactor(...sources: unknown[]): Redact {
	const found = sources.flatMap((source) => secretsIn(source));
	const secrets = [...new Set(found)].filter(({ length }) => length >= SHORTEST);
	if (secrets.length === 0) return (value) => value;
	const pattern = patternOf(secrets);
	const redact = (value: unknown): unknown => {
		if (typeof value === 'string') return value.replace(pattern, MASK);
		if (Array.isArray(value)) return value.map(redact);
		if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, entry]) => [redact(name), redact(entry)]),
		);
	};
	return redact as Redact;
}

/** By what the credentials hold: to look for secrets in them takes longer than in an answer. */
const known = new Map<string, Redact>();

/** The same for credentials, which hold the same from call to call. */
export function credentialRedactor(...credentials: unknown[]): Redact {
	const key = JSON.stringify(credentials);
	const found = known.get(key);
	if (found) return found;
	if (known.size === MOST_CREDENTIALS) known.clear();
	const redact = redactor(...credentials);
	known.set(key, redact);
	return redact;
}
