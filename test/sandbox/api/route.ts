import type { Answer } from '../answers';
import { ApiError } from '../apiError';
import type { EndpointCall } from '../endpoint';
import type { Right, User } from '../model';
import type { State } from '../state';

/** One endpoint of the API. */
export interface Route {
	method: 'get' | 'post' | 'patch' | 'delete';
	path: string;
	scope: string;
	/** What the user must be allowed in the company; `Admin`: has the role Admin or SuperAdmin. */
	right?: Right | 'Admin';
	handle: (call: EndpointCall, state: State, user: User) => Answer;
}

/**
 * The row whose id is in the path.
 * @throws Refusal 404
 */
export function rowOf<T extends { id: number }>(rows: T[], call: EndpointCall): T {
	const row = rows.find(({ id }) => String(id) === call.params.id);
	if (!row) throw new ApiError(404, `There is no id ${call.params.id}`);
	return row;
}
