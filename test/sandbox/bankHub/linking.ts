import { randomUUID } from 'node:crypto';
import { vietnamTime } from '../clock';
import { addBankAccount } from './data';
import type { BankAccount, EventName, LinkSession, LinkToken } from './model';
import type { State } from './state';
import { TEST_ACCOUNTS, type TestAccount } from './testAccounts';

const SESSION_LIFE = 15 * 60_000;

/** What a user does on the page of a link token. */
export interface Visit {
	/** The `link_token` or the `hosted_link_url`. */
	link: string;
	/** Number of the test account to link; default the first of `TEST_ACCOUNTS`. */
	account_number?: string;
	/**
	 * How it ends, default `completed`. After `open` the user has not confirmed yet and may come
	 * back, which goes on with the same session.
	 */
	end?: 'completed' | 'failed' | 'abandoned' | 'expired' | 'open';
	/** Where unlinking ends the link: at the bank (default), or SePay only switches the account off. */
	unlinkAt?: 'bank' | 'sepay';
}

/**
 * The status of a link token now.
 * @returns `Expired` also when nobody noticed yet
 */
export function statusOf({ status, expires_at }: LinkToken, { clock }: State) {
	const isOver = expires_at <= vietnamTime(clock.now());
	return status === 'Active' && isOver ? 'Expired' : status;
}

/**
 * Notes an event with a link token and tells it to the merchant.
 * @returns when the first attempt to tell it has ended
 */
export function emit(
	state: State,
	name: EventName,
	token: LinkToken,
	session?: LinkSession,
	metadata: Record<string, unknown> = {},
): Promise<void> {
	const event = {
		timestamp: Math.floor(state.clock.now() / 1000),
		xid: randomUUID(),
		version: '1.0' as const,
		event: name === 'BANK_ACCOUNT_INACTIVATED' ? state.variants.inactivatedEvent : name,
		metadata: {
			link_token_xid: token.xid,
			link_session_xid: session?.xid ?? null,
			...metadata,
		},
	};
	token.events.push(event);
	return state.notices.event(event);
}

function newSession(token: LinkToken, now: number): LinkSession {
	const at = vietnamTime(now);
	const session: LinkSession = {
		xid: randomUUID(),
		state: 'PENDING',
		status: 'Active',
		finished_at: null,
		expires_at: vietnamTime(now + SESSION_LIFE),
		created_at: at,
		updated_at: at,
	};
	token.sessions.push(session);
	return session;
}

function linkAccount(state: State, company_xid: string, known: TestAccount): BankAccount {
	const { data, clock } = state;
	const earlier = data.bankAccounts.find(
		(account) =>
			account.company_xid === company_xid && account.account_number === known.account_number,
	);
	if (!earlier) return addBankAccount(data, company_xid, known, clock.now(), randomUUID);
	return Object.assign(earlier, {
		active: true,
		bank_api_connected: true,
		updated_at: vietnamTime(clock.now()),
	});
}

const endings = {
	failed: ['Failed', 'LINK_SESSION_FAILED'],
	abandoned: ['Abandoned', 'LINK_SESSION_ABANDONED'],
	expired: ['Expired', 'LINK_SESSION_EXPIRED'],
} as const;

/**
 * Goes through the page of a link token as a user does and tells the merchant each step, one after
 * the other. Samples call the type of a person's account `personal` while it is being linked and
 * `individual` everywhere else.
 * @returns the account that was linked or unlinked, nothing when it did not come to that
 * @throws when the link token is not known or not active, also when it is revoked meanwhile
 */
export async function visit(
	state: State,
	{ link, account_number, end = 'completed', unlinkAt = 'bank' }: Visit,
): Promise<BankAccount | undefined> {
	const { data, clock } = state;
	const token = data.linkTokens.find(({ link_token }) => link_token === link.split('/').at(-1));
	if (!token) throw new Error(`link: no link token ${link}`);
	const assertActive = () => {
		const status = statusOf(token, state);
		if (status !== 'Active') throw new Error(`link: the link token is ${status}`);
	};
	assertActive();
	const open = token.sessions.find(({ status }) => status === 'Active');
	const session = open ?? newSession(token, clock.now());
	token.session_count += 1;
	const tell = async (name: EventName, metadata?: Record<string, unknown>) => {
		assertActive();
		session.state = String(metadata?.state ?? session.state);
		session.updated_at = vietnamTime(clock.now());
		await emit(state, name, token, session, metadata);
	};
	const finish = (status: LinkSession['status']) =>
		Object.assign(session, { status, finished_at: vietnamTime(clock.now()) });

	const isLinking = token.purpose === 'LINK_BANK_ACCOUNT';
	const chosen = isLinking
		? TEST_ACCOUNTS.find((one) => one.account_number === (account_number ?? one.account_number))
		: data.bankAccounts.find(({ xid }) => xid === token.bank_account_xid);
	if (!chosen) throw new Error(`link: no test account ${account_number}`);
	const { brand_name, account_holder_name, account_type: type } = chosen;
	const account_type = isLinking && type === 'individual' ? 'personal' : type;
	const bank = { brand_name, account_type };
	const numbered = { ...bank, account_number: chosen.account_number };
	const named = { ...numbered, account_holder_name };

	await tell(open ? 'LINK_SESSION_REINITIALIZED' : 'LINK_SESSION_INITIALIZED');
	const steps = isLinking
		? [
				{ state: 'REQUEST_BANK_ACCOUNT_LINK', ...bank },
				{ state: 'CONFIRM_BANK_ACCOUNT_LINK', ...named },
			]
		: [{ state: 'REQUEST_BANK_ACCOUNT_UNLINK', ...numbered }];
	for (const step of steps) await tell('LINK_SESSION_STATE_CHANGED', step);
	if (end === 'open') return undefined;
	if (end !== 'completed') {
		const [status, name] = endings[end];
		finish(status);
		await tell(name);
		return undefined;
	}

	if (isLinking) {
		await tell('LINK_SESSION_STATE_CHANGED', { state: 'FINISHED_BANK_ACCOUNT_LINK', ...named });
		const account = linkAccount(state, token.company_xid, chosen as TestAccount);
		await tell('BANK_ACCOUNT_LINKED', { bank_account_xid: account.xid, ...numbered });
		finish('Completed');
		await tell('LINK_SESSION_COMPLETED', { bank_account_xid: account.xid });
		return account;
	}
	const account = chosen as BankAccount;
	account.active = false;
	account.bank_api_connected = unlinkAt === 'sepay';
	account.updated_at = vietnamTime(clock.now());
	const bank_account_xid = account.xid;
	await tell(unlinkAt === 'bank' ? 'BANK_ACCOUNT_UNLINKED' : 'BANK_ACCOUNT_INACTIVATED', {
		bank_account_xid,
		...numbered,
	});
	finish('Completed');
	await tell('LINK_SESSION_COMPLETED', { bank_account_xid, unlinked: true });
	return account;
}
