import {
	NodeOperationError,
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IRunExecutionData,
} from 'n8n-workflow';
import { inputItem, onAllItems } from '../../../shared/operations/declarativeAdapter';
import {
	declareCustom,
	fieldType,
	readForm,
	wholeBetween,
	type OperationForm,
} from '../../../shared/operations/fields';
import { asInteger, asList, asSentText, from, outputOf } from '../../../shared/operations/output';
import { parameterError, type ParameterContext } from '../../../shared/operations/parameterError';
import { codeReader, type CodeFormat } from '../../../shared/sePay/paymentCodes';
import {
	paymentStatusOf,
	sortByTime,
	type ExpectedPayment,
	type Transfer,
} from '../../../shared/sePay/paymentMatching';
import { matches, simplify } from '../../../shared/sePay/transaction';
import { isoTime, normalizeCode } from '../../../shared/values';
import { accountNumber, amount, code, codeFormats } from './fields';
import { incomingTransfers } from './incomingTransfers';

const MINUTE_MS = 60_000;
/** A first look need not be newer than this, so that many that begin together share it; ms. */
const MAX_AGE_MS = 10_000;
/** n8n starts for this long at most, and looks for executions that crashed meanwhile; ms. */
const STARTING_MS = 60_000;
/** That takes less, and n8n waits a little longer for runs when it is stopped; ms. */
const RECOVERY_MS = 25_000;

/** A payment that is waited for: transfers count from a time on (ISO 8601), until another (epoch ms). */
type ExpectedWait = ExpectedPayment & { since: string; until: number; formats?: CodeFormat[] };

/** What an execution that waits keeps, as plain JSON. */
interface WaitState {
	/** Which run of the node it is for: in a loop each waits anew, also after one that failed. */
	round: number;
	everyMs: number;
	/** By input item; or why it cannot be waited for. */
	waits: Array<ExpectedWait | { flaw: string }>;
}

/**
 * Lets the execution wait, and n8n run the node again then. If n8n finds until when it waited among
 * the stored data of the execution, it takes the node for done and hands its input on. So the time
 * stays out of that; n8n looks for it in its table of executions.
 */
async function waitUntilTime(this: IExecuteFunctions, time: number): Promise<void> {
	await this.putExecutionToWait(new Date(time));
	const { runExecutionData } = this as unknown as { runExecutionData: IRunExecutionData };
	Object.defineProperty(runExecutionData, 'waitTill', { enumerable: false });
	// The run that goes on takes the place of this one.
	this.getExecuteData().runIndex = this.getWorkflowDataProxy(0).$runIndex;
}

const checkEvery = wholeBetween(1, 1440, { default: 1 })(
	'checkEvery',
	'How often to check for payments. All waiting executions share one check, so a short interval makes no extra calls.',
	{ displayName: 'Check Every (Minutes)' },
);

const lookBackHours = fieldType('number', (context, displayName, value) => {
	const hours = Number(value);
	if (hours >= 0 && hours <= 720) return hours;
	throw parameterError(context, displayName, 'a number from 0 to 720', `It is ${hours}.`);
})(
	'lookBackHours',
	'Also count transfers received up to this many hours before the wait began. Use a smaller number if you reuse codes.',
	{ displayName: 'Look Back (Hours)', typeOptions: { minValue: 0, maxValue: 720 }, default: 24 },
);

const form: OperationForm = {
	value: 'waitForPayment',
	action: 'Wait for a payment',
	description:
		'Wait until an order is paid or the timeout ends. Transfers with the payment code are added up. The result is paid, underpaid, overpaid or expired. As a tool of an AI agent, it does not wait: the result is pending until enough has arrived, so call it again later.',
	main: [
		code,
		amount,
		wholeBetween(1, 43_200, { default: 30 })(
			'giveUpAfter',
			'How long to wait, up to 43200 (30 days). After that, the result is underpaid if too little was received, or expired if nothing was.',
			{ displayName: 'Timeout (Minutes)' },
		),
		checkEvery,
	],
	options: [accountNumber, lookBackHours, codeFormats],
};

const minutesIn = (value: unknown) => Number(value) * MINUTE_MS;

function startWaiting(this: IExecuteFunctions, round: number): WaitState {
	const now = Date.now();
	const awaited = (item: ParameterContext): ExpectedWait => {
		const { lookBackHours = 24, ...given } = readForm(item, form);
		return {
			code: given.code as string,
			amount: given.amount as number,
			account: normalizeCode(given.accountNumber),
			since: isoTime(now - 60 * minutesIn(lookBackHours)),
			until: now + minutesIn(given.giveUpAfter),
			formats: given.codeFormats as CodeFormat[] | undefined,
		};
	};
	const waits = this.getInputData().map((_item, index) => {
		try {
			return awaited(inputItem(this, index));
		} catch (error) {
			if (this.continueOnFail()) return { flaw: (error as Error).message };
			throw error instanceof NodeOperationError
				? error
				: new NodeOperationError(this.getNode(), error as Error, { itemIndex: index });
		}
	});
	const first = readForm(inputItem(this, 0), { main: [checkEvery] });
	return { round, everyMs: minutesIn(first.checkEvery), waits };
}

/** Whether a transfer came since a time; many banks date transfers by the minute. Both ISO 8601. */
function isSince(date: string | null, since: string): boolean {
	const [at, from] = [date ?? '', since].map((time) => Date.parse(time));
	return at >= (at % MINUTE_MS === 0 ? Math.floor(from / MINUTE_MS) * MINUTE_MS : from);
}

const toOutput = outputOf({
	verdict: from('verdict', asSentText),
	code: from('code', asSentText),
	expectedAmount: from('expectedAmount', asInteger),
	receivedAmount: from('receivedAmount', asInteger),
	difference: from('difference', asInteger),
	transactions: from('transactions', asList(simplify)),
});

/**
 * What has come of a wait by the time of a reading; undefined, or pending where it cannot wait, as
 * long as more may come.
 */
function resultOf(
	wait: WaitState['waits'][number],
	at: number,
	transfers: Transfer[],
	canWait: boolean,
): IDataObject | undefined {
	if ('flaw' in wait) return { error: wait.flaw };
	const { code, amount: expectedAmount, account, since, until, formats } = wait;
	const codesFor = codeReader([code], formats);
	const paying = sortByTime(
		transfers.filter(
			(transfer) =>
				isSince(transfer.date, since) &&
				!transfer.rejectionReason &&
				matches({ paidInto: account }, transfer) &&
				codesFor(transfer.memo, transfer.sePayCode).length === 1,
		),
	);
	const { verdict, ...amounts } = paymentStatusOf(expectedAmount, paying);
	const isOpen = amounts.difference < 0 && at < until;
	if (isOpen && canWait) return undefined;
	const said = { unmatched: 'expired', duplicate: 'overpaid' } as Record<string, string>;
	return toOutput({
		verdict: isOpen ? 'pending' : (said[verdict] ?? verdict),
		code,
		expectedAmount,
		...amounts,
		transactions: paying,
	});
}

export const waitForPayment = declareCustom(
	form,
	toOutput,
	onAllItems(async function () {
		const state = this.getContext('node') as { waiting?: WaitState };
		const round = this.getWorkflowDataProxy(0).$runIndex as number;
		const earlier = state.waiting?.round === round ? state.waiting : undefined;
		// While n8n starts, it takes executions that it has just resumed for crashed, and may write that
		// over the end of one that ends meanwhile.
		if (earlier && performance.now() < STARTING_MS) await sleep(RECOVERY_MS);
		const now = Date.now();
		// A tool has to answer at once: what it puts to wait is the agent, or who called by MCP.
		const canWait = !this.getNode().type.endsWith('Tool');
		const readSince = canWait ? now - MAX_AGE_MS : now;
		const waiting = earlier ?? startWaiting.call(this, round);
		const { everyMs, waits } = waiting;
		const due = Math.floor(now / everyMs) * everyMs;
		const open = waits.filter((wait): wait is ExpectedWait => !('flaw' in wait));
		const [from = ''] = open.map(({ since }) => since.slice(0, 10)).sort();
		const { at, transfers } = from
			? await incomingTransfers.call(this, from, earlier ? due : readSince)
			: { at: now, transfers: Promise.resolve([]) };
		const known = await transfers.catch((error) => {
			// Later is soon enough, and what SePay could not tell now is not lost.
			if (!earlier || open.every(({ until }) => until <= now)) throw error;
			this.logger.warn(`Could not check for payments: ${error.message}`);
			return undefined;
		});
		const ends = waits.map((wait) => known && resultOf(wait, at, known, canWait));
		if (ends.every((end) => end !== undefined)) {
			// With Retry On Fail n8n runs a node that gave an error once more, which is not to wait anew.
			if (!ends.some(({ error }) => error)) delete state.waiting;
			return [
				ends.map((json, item): INodeExecutionData => {
					const error = json.error
						? new NodeOperationError(this.getNode(), String(json.error), { itemIndex: item })
						: undefined;
					return { json, pairedItem: { item }, ...(error && { error }) };
				}),
			];
		}
		state.waiting = waiting;
		await waitUntilTime.call(this, due + everyMs);
		return [[]];
	}),
);
