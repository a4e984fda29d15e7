import type { Answer } from '../../../../../test/sandbox/answers';
import { ApiError } from '../../../../../test/sandbox/apiError';
import { json } from '../answers';
import { addRow, timeOf } from '../data';
import type { Row } from '../model';
import {
	change,
	entity,
	invalid,
	rowsOf,
	type Context,
	type Fields,
	type Handlers,
} from './context';
import { selectionOf, shown } from './fields';
import { writeEach } from './results';

/** @throws Refusal 422 */
function debtorOf({ debtor_code, debtor_id }: Fields, context: Context): Row {
	const debtor = rowsOf(context, 'debtors').find(
		({ id, debtor_number }) =>
			(debtor_id ?? debtor_code) !== undefined &&
			(debtor_id === undefined || id === debtor_id) &&
			(debtor_code === undefined || debtor_number === debtor_code),
	);
	if (!debtor) throw invalid('debtor not found');
	return debtor;
}

/** Registers all of the mandates or none. */
function register(context: Context): Answer {
	const { state, body, administrationId } = context;
	const sent = body.psp_mandates as Fields[];
	const wishes = sent.map(({ provider_code, ...mandate }) => {
		const debtor = debtorOf(mandate, context);
		const { mandate_reference } = mandate;
		const isTaken = rowsOf(context, 'psp_mandates').some(
			(row) => mandate_reference !== undefined && row.mandate_reference === mandate_reference,
		);
		if (isTaken) throw invalid('mandate_reference has already been taken');
		return {
			...mandate,
			administration_id: administrationId,
			debtor_id: debtor.id,
			debtor_number: debtor.debtor_number,
			provider: provider_code,
		};
	});
	const now = state.clock.now();
	const rows = wishes.map((wish) => addRow(state.data, 'psp_mandates', wish, now));
	if (state.variants.mandatesAnswer === 'object') return entity(context, 'psp_mandates', rows[0]);
	const selection = selectionOf(body.fields);
	const list = rows.map((row) => shown(row, 'psp_mandates', selection, state));
	return json(201, list, state.variants);
}

/** What mandates are named by, by parameter. */
const NAMES = {
	psp_mandate_ids: 'id',
	mandate_identifiers: 'mandate_identifier',
	mandate_references: 'mandate_reference',
	debtor_numbers: 'debtor_number',
};

function deactivate(context: Context): Answer {
	const names = Object.entries(NAMES).flatMap(([parameter, field]) =>
		[context.query[parameter] ?? []].flat().map((value) => ({ field, value })),
	);
	if (names.length === 0) throw invalid('No mandate is named');
	return writeEach(
		names,
		context,
		200,
		({ value }) => value,
		({ field, value }) => {
			const mandates = rowsOf(context, 'psp_mandates').filter(
				(row) => row[field] === value && !row.deactivated_at,
			);
			if (mandates.length === 0) throw new ApiError(404, 'Record not found');
			const deactivated_at = timeOf(context.state.clock.now());
			for (const mandate of mandates) change(mandate, { deactivated_at }, context);
		},
	);
}

export const mandateHandlers: Handlers = {
	'post /v1/psp_mandates': register,
	'delete /v1/psp_mandates': deactivate,
};
