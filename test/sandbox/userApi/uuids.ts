import { createHash } from 'node:crypto';

const given = new Map<string, string>();

/** The UUID by which the API for a token knows what has a number elsewhere; always the same. */
export function uuidOf(
	kind: 'account' | 'terminal' | 'transaction' | 'va',
	id: number | string,
): string {
	const name = `${kind} ${id}`;
	const known = given.get(name);
	if (known) return known;
	const [, a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(
		createHash('sha256').update(name).digest('hex'),
	)!;
	const uuid = `${a}-${b}-4${c}-8${d}-${e}`;
	given.set(name, uuid);
	return uuid;
}
