import type { Answer } from '../../../../../test/sandbox/answers';
import { ApiError } from '../../../../../test/sandbox/apiError';
import { addRow } from '../data';
import type { Kind, Row } from '../model';
import { change, invalid, rowsOf, type Context, type Fields, type Handlers } from './context';
import { recordKey, writeEach } from './results';

/** How records of a kind are created and updated many at a time. */
interface Upsert {
	kind: Kind;
	/** A row that has the value of one of these is updated; the first names the record. */
	keys: string[];
	/** Needed for a new row, where the contract does not require it. */
	neededForNew?: string[];
	/** Fields of the row that are called otherwise in the record. */
	toRow?: (record: Fields, row?: Row) => Fields;
}

/** Labels as records have them, of a list of their names. */
export const labelsOf = ({ labels }: Fields) =>
	Array.isArray(labels) ? { labels: labels.map((name) => ({ name })) } : {};

/**
 * Ties a debtor to the contact that a debtor or an invoice names.
 * @returns a warning when the contact is not there
 */
export function tieToContact(
	{ contact_identifier }: Fields,
	debtorNumber: unknown,
	context: Context,
): string[] {
	if (contact_identifier === undefined) return [];
	const contact = rowsOf(context, 'contacts').find(
		(row) => row.contact_identifier === contact_identifier,
	);
	if (!contact) return ['contact_identifier is not known'];
	contact.debtor_numbers = [...new Set(contact.debtor_numbers as unknown[]).add(debtorNumber)];
	return [];
}

/**
 * The one row that the keys name.
 * @throws Refusal 422 when they name two, 404 when there is none with a Payt id
 */
function existing(record: Fields, { kind, keys }: Upsert, context: Context): Row | undefined {
	const matches = rowsOf(context, kind).filter((row) =>
		keys.some((key) => record[key] !== undefined && row[key] === record[key]),
	);
	if (matches.length > 1) throw invalid(`${keys.join(' and ')} belong to different records`);
	if (record.id !== undefined && matches.length === 0) throw new ApiError(404, 'Record not found');
	return matches[0];
}

function upsert(records: Fields[], rule: Upsert, context: Context): Answer {
	const { state, administrationId } = context;
	return writeEach(records, context, 201, recordKey(context, rule.keys[0]), (record) => {
		const row = existing(record, rule, context);
		const fields = { ...record, ...labelsOf(record), ...rule.toRow?.(record, row) };
		if (row) {
			change(row, fields, context);
		} else {
			const missing = rule.neededForNew?.find((name) => record[name] === undefined);
			if (missing) throw invalid(`${missing} can't be blank`);
			const wish = { ...fields, administration_id: administrationId };
			addRow(state.data, rule.kind, wish, state.clock.now());
		}
		if (rule.kind === 'debtors') return tieToContact(record, record.debtor_number, context);
		return [];
	});
}

const address = ({ country_code }: Fields, row?: Row) =>
	country_code === undefined
		? {}
		: { postal_address: { city: null, ...(row?.postal_address as object), country_code } };

const UPSERTS: Record<string, Upsert> = {
	contacts: { kind: 'contacts', keys: ['contact_identifier', 'id'] },
	debtors: { kind: 'debtors', keys: ['debtor_number', 'debtor_identifier'], toRow: address },
	vat_rates: {
		kind: 'vat_rates',
		keys: ['code'],
		neededForNew: ['code', 'rate', 'name'],
		toRow: ({ rate }) => (rate === undefined ? {} : { rate: Number(rate) }),
	},
};

function paymentConditions(context: Context): Answer {
	const { data } = context.state;
	const administration_id = context.administrationId!;
	const records = context.body.payment_conditions as Array<{ code: string; name: string }>;
	return writeEach(records, context, 201, recordKey(context, 'code'), (record) => {
		const isSame = (known: { administration_id: string; code: string }) =>
			known.administration_id === administration_id && known.code === record.code;
		if (data.payment_conditions.some(isSame)) throw invalid('code has already been taken');
		data.payment_conditions.push({ ...record, administration_id });
	});
}

export const recordHandlers: Handlers = {
	...Object.fromEntries(
		Object.entries(UPSERTS).map(([name, rule]) => [
			`post /v1/${name}`,
			(context: Context) => upsert(context.body[name] as Fields[], rule, context),
		]),
	),
	'post /v1/payment_conditions': paymentConditions,
};
