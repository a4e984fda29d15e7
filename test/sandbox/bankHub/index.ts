import { randomBytes, randomUUID } from 'node:crypto';
import { logAndLimit } from '../endpoint';
import { RateLimitWindow } from '../limits';
import { startServer, type Server, type ServerOptions } from '../server';
import type { RateLimit } from '../state';
import { errorAnswer } from './answers';
import { apiRoutes } from './api';
import { addBankAccount, addCompany, bookTransaction, createData } from './data';
import { hostedLinkRoutes } from './hostedPage';
import { visit, type Visit } from './linking';
import type { BankAccount, Company, Transaction } from './model';
import { Notifications, type Delivery } from './notices';
import type { State } from './state';
import { TEST_ACCOUNTS } from './testAccounts';
import { Tokens } from './tokens';
import { defaultVariants, type Variants } from './variants';

export { BLOCKED, errorAnswer, time } from './answers';
export type * from './model';
export type { Visit } from './linking';
export { EVENTS } from './model';
export type { Delivery } from './notices';
export { TEST_ACCOUNTS } from './testAccounts';
export { ERROR_SHAPES, defaultVariants, type Variants } from './variants';

export interface BankHubOptions extends ServerOptions {
	/** Decides the seeded rows. */
	seed?: number;
	/** How many there are at the start; default 3, 5 and 60. One company in five is pending. */
	companies?: number;
	bankAccounts?: number;
	transactions?: number;
	/** Default `sandbox`. */
	environment?: State['environment'];
	/** Default none, as no document names one. */
	rateLimit?: RateLimit;
	variants?: Partial<Variants>;
}

/** A running Bank Hub; its `url` stands for `https://bankhub-api.sepay.vn`, paths begin with `/v1`. */
export interface BankHub extends State, Server {
	/** An access token as `POST /v1/token` gives it. */
	issueToken(): string;
	/** Ends every access token given out so far. */
	revokeTokens(): void;
	/** Adds a company without a request. */
	addCompany(company?: Partial<Company>): Company;
	/** Links a test account (default: the first) to a company without a request, without events. */
	addBankAccount(company_xid: string, account_number?: string): BankAccount;
	/** Books the newest transaction, by default of the first account, and tells it as an IPN. */
	addTransaction(transaction?: Partial<Transaction>): Transaction;
	/**
	 * Goes through the page of a link token as a user does; each step is told to the webhook, one
	 * after the other.
	 * @returns the account that was linked or unlinked, nothing when it did not come to that
	 * @throws when the link token is not known or not active
	 */
	link(visit: Visit): Promise<BankAccount | undefined>;
	/** Sends once more what was sent before: SePay may send things twice. */
	sendAgain(delivery: Delivery): Promise<Delivery>;
}

/**
 * Starts a local stand-in for SePay Bank Hub on 127.0.0.1: tokens, the API, hosted links, lifecycle
 * events and IPNs. It behaves as SePay's documents say; where they disagree or are silent,
 * `variants` decides.
 */
export async function startBankHub(options: BankHubOptions = {}): Promise<BankHub> {
	const { companies = 3, bankAccounts = 5, transactions = 60 } = options;
	const { app, faults, base } = await startServer(options, () => notices.idle());
	const { clock } = base;
	const tokens = new Tokens(clock);
	const data = createData(
		{ companies, bankAccounts, transactions },
		options.seed ?? 1,
		clock.now(),
	);
	const hub: BankHub = {
		...base,
		environment: options.environment ?? 'sandbox',
		client: {
			id: `BH-SB-${randomBytes(8).toString('hex')}`,
			secret: randomBytes(24).toString('hex'),
			active: true,
		},
		ttl: 60_000,
		linkTokenLifeMs: 30 * 60_000,
		data,
		variants: { ...defaultVariants, ...options.variants },
		rateLimit: options.rateLimit ?? false,
		isApi: (path) => path.startsWith('/v1/'),
		refused: (apiError, request) => errorAnswer(apiError, request, hub.variants),
		deliveryTimeoutMs: 8_000,
		deliveries: [],
		get notices() {
			return notices;
		},
		tokens,
		issueToken: () => tokens.issue(hub.ttl),
		revokeTokens: () => tokens.revokeAll(),
		addCompany: (company = {}) => addCompany(data, company, clock.now(), randomUUID),
		addBankAccount: (company_xid, account_number = TEST_ACCOUNTS[0].account_number) => {
			const known = TEST_ACCOUNTS.find((account) => account.account_number === account_number);
			if (!known) throw new Error(`addBankAccount: no test account ${account_number}`);
			return addBankAccount(data, company_xid, known, clock.now(), randomUUID);
		},
		addTransaction: (wish = {}) => {
			const transaction = bookTransaction(data, wish, clock.now(), randomUUID);
			void notices.ipn(transaction);
			return transaction;
		},
		link: (what) => visit(hub, what),
		sendAgain: (delivery) => notices.resend(delivery),
		idle: () => notices.idle(),
	};
	const notices = new Notifications(hub);
	app.use(logAndLimit(hub, faults, new RateLimitWindow()));
	app.use('/v1', apiRoutes(hub));
	app.use('/link', hostedLinkRoutes(hub));
	return hub;
}
