import { randomUUID } from 'node:crypto';
import { ApiError } from '../apiError';
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
export function emitEvent(
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

function unlinkAccount(account: BankAccount, unlinkAt: Visit['unlinkAt'], now: number): void {
	account.active = false;
	account.bank_api_connected = unlinkAt === 'sepay';
	account.updated_at = vietnamTime(now);
}

type Step = [name: EventName, metadata?: Record<string, unknown>];

const endings = {
	failed: ['Failed', 'LINK_SESSION_FAILED'],
	abandoned: ['Abandoned', 'LINK_SESSION_ABANDONED'],
	expired: ['Expired', 'LINK_SESSION_EXPIRED'],
} as const;

/** The account that a visit is about: a test account to link, or the linked one of the token. */
function chosenAccount(token: LinkToken, { data }: State, number?: string) {
	const found =
		token.purpose === 'UNLINK_BANK_ACCOUNT'
			? data.bankAccounts.find(({ xid }) => xid === token.bank_account_xid)
			: TEST_ACCOUNTS.find(({ account_number }) => account_number === (number ?? account_number));
	if (!found) throw new ApiError(400, `link: no test account ${number}`);
	return found;
}

/** The steps until the user confirms, and those after it. */
function stepsOf(chosen: TestAccount | BankAccount, { unlinkAt }: Visit) {
	const { brand_name, account_holder_name, account_number } = chosen;
	const isLinking = !('xid' in chosen);
	// In samples a person's account is `personal` while it is being linked, else `individual`.
	const isPersonal = isLinking && chosen.account_type === 'individual';
	const bank = { brand_name, account_type: isPersonal ? 'personal' : chosen.account_type };
	const numbered = { ...bank, account_number };
	const named = { ...numbered, account_holder_name };
	const changed = (state: string, metadata: object): Step => [
		'LINK_SESSION_STATE_CHANGED',
		{ state, ...metadata },
	];
	if (isLinking) {
		return {
			before: [
				changed('REQUEST_BANK_ACCOUNT_LINK', bank),
				changed('CONFIRM_BANK_ACCOUNT_LINK', named),
			],
			after: (bank_account_xid: string): Step[] => [
				changed('FINISHED_BANK_ACCOUNT_LINK', named),
				['BANK_ACCOUNT_LINKED', { bank_account_xid, ...numbered }],
				['LINK_SESSION_COMPLETED', { bank_account_xid }],
			],
		};
	}
	const ended = unlinkAt === 'sepay' ? 'BANK_ACCOUNT_INACTIVATED' : 'BANK_ACCOUNT_UNLINKED';
	return {
		before: [changed('REQUEST_BANK_ACCOUNT_UNLINK', numbered)],
		after: (bank_account_xid: string): Step[] => [
			[ended, { bank_account_xid, ...numbered }],
			['LINK_SESSION_COMPLETED', { bank_account_xid, unlinked: true }],
		],
	};
}

/**
 * Goes through the page of a link token as a user does and tells the merchant each step, one after
 * the other.
 * @returns the account that was linked or unlinked, nothing when it did not come to that
 * @throws Refusal when the link token is not known or not active, also when that ends meanwhile
 */
export async function visit(state: State, what: Visit): Promise<BankAccount | undefined> {
	const { data, clock } = state;
	const { link, account_number, end = 'completed' } = what;
	const token = data.linkTokens.find(({ link_token }) => link_token === link.split('/').at(-1));
	if (!token) throw new ApiError(404, `link: no link token ${link}`);
	const assertActive = () => {
		const status = statusOf(token, state);
		if (status !== 'Active') throw new ApiError(410, `link: the link token is ${status}`);
	};
	assertActive();
	const chosen = chosenAccount(token, state, account_number);
	const { before, after } = stepsOf(chosen, what);
	const open = token.sessions.find(({ status }) => status === 'Active');
	const session = open ?? newSession(token, clock.now());
	token.session_count += 1;
	const tell = async (...steps: Step[]) => {
		for (const [name, metadata] of steps) {
			assertActive();
			session.state = String(metadata?.state ?? session.state);
			session.updated_at = vietnamTime(clock.now());
			await emitEvent(state, name, token, session, metadata);
		}
	};
	const finish = (status: LinkSession['status']) =>
		Object.assign(session, { status, finished_at: vietnamTime(clock.now()) });

	await tell([open ? 'LINK_SESSION_REINITIALIZED' : 'LINK_SESSION_INITIALIZED'], ...before);
	if (end === 'open') return undefined;
	if (end !== 'completed') {
		const [status, name] = endings[end];
		finish(status);
		await tell([name]);
		return undefined;
	}
	assertActive();
	const isLinked = 'xid' in chosen;
	const account = isLinked ? chosen : linkAccount(state, token.company_xid, chosen);
	if (isLinked) unlinkAccount(account, what.unlinkAt, clock.now());
	finish('Completed');
	await tell(...after(account.xid));
	return account;
}
