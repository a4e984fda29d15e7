import type { Answer } from './answers';
import { escape, page } from './html';
import type { User } from './model';

/**
 * The page on which a user agrees. Its form posts to the same address, form-encoded:
 * `response_type`, `client_id`, `redirect_uri`, `scope` and `state` as they were in the query
 * (hidden fields), `user` (id of the user) and `decision` (`allow` or `deny`).
 */
export function consentPage(query: Record<string, string>, users: User[]): Answer {
	const names = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state'];
	const hidden = names
		.map((name) => `<input type="hidden" name="${name}" value="${escape(query[name])}">`)
		.join('\n');
	const choices = users
		.map((user) => `<option value="${user.id}">${escape(user.email)} (${user.role})</option>`)
		.join('\n');
	const scopes = query.scope
		.split(' ')
		.map((scope) => `<li>${escape(scope)}</li>`)
		.join('');
	return page(
		200,
		`<h1>Allow access to SePay?</h1>
<ul>${scopes}</ul>
<form method="post" action="/oauth/authorize">
${hidden}
<label>User <select name="user">
${choices}
</select></label>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
	);
}
