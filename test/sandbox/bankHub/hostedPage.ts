import { Router } from 'express';
import type { Answer } from '../answers';
import { endpoint, type EndpointCall } from '../endpoint';
import { escape, page } from '../html';
import { statusOf, visit, type Visit } from './linking';
import type { LinkToken } from './model';
import type { State } from './state';
import { TEST_ACCOUNTS } from './testAccounts';

function tokenOf({ params }: EndpointCall, { data }: State): LinkToken | undefined {
	return data.linkTokens.find(({ link_token }) => link_token === params.link);
}

const isOpen = (token: LinkToken | undefined, state: State): token is LinkToken =>
	token !== undefined && statusOf(token, state) === 'Active';

const closed = () => page(410, '<h1>This link is not valid any more</h1>');

function choices({ purpose, bank_account_xid }: LinkToken, { data }: State): string {
	const accounts =
		purpose === 'LINK_BANK_ACCOUNT'
			? TEST_ACCOUNTS
			: data.bankAccounts.filter(({ xid }) => xid === bank_account_xid);
	return accounts
		.map(({ account_number, account_holder_name, brand_name }) => {
			const label = `${brand_name} ${account_number} ${account_holder_name}`;
			return `<option value="${account_number}">${escape(label)}</option>`;
		})
		.join('\n');
}

/**
 * The page that a link token opens. Its form posts to the same address, form-encoded:
 * `account_number` and `end` (`completed` or `abandoned`).
 */
function show(call: EndpointCall, state: State): Answer {
	const token = tokenOf(call, state);
	if (!isOpen(token, state)) return closed();
	const verb = token.purpose === 'LINK_BANK_ACCOUNT' ? 'Link' : 'Unlink';
	return page(
		200,
		`<h1>${verb} a bank account</h1>
<form method="post">
<label>Account <select name="account_number">
${choices(token, state)}
</select></label>
<button name="end" value="completed">${verb}</button>
<button name="end" value="abandoned">Cancel</button>
</form>`,
	);
}

async function submit(call: EndpointCall, state: State): Promise<Answer> {
	const token = tokenOf(call, state);
	if (!isOpen(token, state)) return closed();
	const { account_number, end } = (call.body ?? {}) as Partial<Visit>;
	const account = await visit(state, {
		link: token.link_token,
		account_number,
		end: end === 'completed' ? end : 'abandoned',
	});
	const { completion_redirect_uri: location } = token;
	if (location !== null) return { status: 302, headers: { location }, body: '' };
	return page(200, `<h1>${account ? 'Done' : 'Cancelled'}</h1>`);
}

/** `/link`, where hosted links lead. */
export function hostedLinkRoutes(state: State): Router {
	const router = Router();
	router.get(
		'/:link',
		endpoint(state, (call) => show(call, state)),
	);
	router.post(
		'/:link',
		endpoint(state, (call) => submit(call, state)),
	);
	return router;
}
