/** A copy of an object without some of its fields. */
export function omit<T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> {
	const rest = { ...value };
	for (const key of keys) delete rest[key];
	return rest;
}
