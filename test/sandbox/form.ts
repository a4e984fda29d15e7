/** What form fields say: `a[b]` is a field of an object, `a[]` and a name sent twice are lists. */
export function formFields(entries: Iterable<[string, unknown]>): Record<string, unknown> {
	const root: Record<string, unknown> = {};
	for (const [name, value] of entries) {
		const keys = [...name.matchAll(/[^[\]]+|(?<=\[)(?=\])/g)].map(([key]) => key);
		put(root, keys, value);
	}
	return root;
}

function put(target: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
	const held = target[key];
	if (rest.length === 0) {
		target[key] = held === undefined ? value : [held, value].flat();
	} else if (rest[0] !== '') {
		target[key] ??= {};
		put(target[key] as Record<string, unknown>, rest, value);
	} else if (rest.length === 1) {
		target[key] = [...((held as unknown[]) ?? []), value];
	} else {
		// `a[][b]`: a field that the last object has already begins the next one.
		const list = (held as Array<Record<string, unknown>>) ?? [];
		const last = list.at(-1);
		if (!last || rest[1] in last) list.push({});
		put(list.at(-1)!, rest.slice(1), value);
		target[key] = list;
	}
}
