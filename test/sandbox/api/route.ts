import type { Answer } from '../answers';
import type { Call } from '../exchange';
import type { Right, User } from '../model';
import { Refusal } from '../refusal';
import type { State } from '../state';

/** One endpoint of the API. */
export interface Route {
	method: 'get' | 'post' | 'patch' | 'delete';
	path: string;
	scope: string;
	/** What the user must be allowed in the company; `Admin`: has the role Admin or SuperAdmin. */
	right?: Right | 'Admin';
	handle: (call: Call, state: State, user: User) => Answer;
}

/**
 * The row whose id is in the path.
 * @throws Refusal 404
 */
export function rowOf<T extends { id: number }>(rows: T[], call: Call): T {
	const row = rows.find(({ id }) => String(id) === call.params.id);
	if (!row) throw new Refusal(404, `There is no id ${call.params.id}`);
	return row;
}
