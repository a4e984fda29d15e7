import type { Answer } from '../../../../../test/sandbox/answers';
import { addRow, amountOf, timeOf } from '../data';
import type { Row } from '../model';
import {
	change,
	entity,
	invalid,
	rowOf,
	rowsOf,
	type Context,
	type Fields,
	type Handlers,
} from './context';

/** What a plan can cover, by the parameter that names it. */
const COVERED = {
	invoice_numbers: ['invoices', 'invoice_number'],
	invoice_identifiers: ['invoices', 'invoice_identifier'],
	credit_case_numbers: ['credit_cases', 'credit_case_number'],
} as const;

/** @throws Refusal 422 when one is not there */
function covered(context: Context): Row[] {
	return Object.entries(COVERED).flatMap(([parameter, [kind, field]]) =>
		((context.body[parameter] ?? []) as string[]).map((name) => {
			const row = rowsOf(context, kind).find((candidate) => candidate[field] === name);
			if (!row) throw invalid(`${name} is not known`, parameter);
			return row;
		}),
	);
}

function create(context: Context): Answer {
	const { state, body, administrationId } = context;
	const rows = covered(context);
	if (rows.length === 0) throw invalid('The plan covers nothing');
	const debtors = new Set(rows.map(({ debtor_id }) => debtor_id));
	if (debtors.size > 1) throw invalid('All have to be of one debtor');
	const now = state.clock.now();
	const terms = body.terms as Array<{ amount: number; due_date: string }>;
	const plan = addRow(
		state.data,
		'payment_plans',
		{
			administration_id: administrationId,
			debtor_id: rows[0].debtor_id,
			active: true,
			approved_at: timeOf(now),
			payment_terms: terms.map(({ amount, due_date }) => ({
				id: String((state.data.nextId += 1)),
				total_amount: amountOf(Math.round(amount * 100)),
				amount_due: amountOf(Math.round(amount * 100)),
				due_date,
				payment_date: null,
			})),
		},
		now,
	);
	for (const row of rows) change(row, { active_payment_plan_id: plan.id }, context);
	return entity(context, 'payment_plans', plan, 201);
}

const isProposed = (plan: Row) =>
	[plan.proposed_at, !plan.active, !plan.rejected_at, !plan.deactivated_at].every(Boolean);
const isActive = (plan: Row) => plan.active === true;

/** Moves a plan on; 422 when it does not stand where it has to. */
function move(isReady: (plan: Row) => boolean, active: boolean, timeField: string) {
	return (context: Context): Answer => {
		const plan = rowOf(context, 'payment_plans', context.call.params.id);
		if (!isReady(plan)) throw invalid('The payment plan is in another state');
		const fields: Fields = { active, [timeField]: timeOf(context.state.clock.now()) };
		change(plan, fields, context);
		return entity(context, 'payment_plans', plan);
	};
}

export const planHandlers: Handlers = {
	'post /v1/payment_plans': create,
	'patch /v1/payment_plans/{id}/approve': move(isProposed, true, 'approved_at'),
	'patch /v1/payment_plans/{id}/reject': move(isProposed, false, 'rejected_at'),
	'patch /v1/payment_plans/{id}/deactivate': move(isActive, false, 'deactivated_at'),
};
