import { randomBytes } from 'node:crypto';
import type { Answer } from '../../../../../test/sandbox/answers';
import { json } from '../answers';
import { addRow, timeOf } from '../data';
import type { Row } from '../model';
import { CODE_LIFE } from '../tokens';
import { entity, invalid, type Context, type Fields, type Handlers } from './context';
import { shown } from './fields';

const BANK = ['bank_account_bic', 'bank_account_name', 'bank_account_number'];

/** The bank fields are kept together or not at all. */
function addAdministration(fields: Fields, { state }: Context): Row {
	const hasBank = BANK.every((name) => fields[name]);
	const bank = hasBank ? {} : Object.fromEntries(BANK.map((name) => [name, null]));
	return addRow(state.data, 'administrations', { ...fields, ...bank }, state.clock.now());
}

function createAdministration(context: Context): Answer {
	const { body, grant } = context;
	const row = addAdministration(body.administration as Fields, context);
	if (grant && grant.administrations !== 'all') grant.administrations.push(row.id);
	return entity(context, 'administrations', row, 201);
}

function signUp(context: Context): Answer {
	const { state } = context;
	const { data, clock, client, tokens, variants } = state;
	const { administration: wish, user } = context.body as Record<string, Record<string, string>>;
	if (data.administrations.some(({ user_email }) => user_email === user.email_address)) {
		throw invalid('user.email_address has already been taken', 'user.email_address');
	}
	const administration = addAdministration({ ...wish, user_email: user.email_address }, context);
	const company = addRow(
		data,
		'companies',
		{ name: wish.name, status: 'unconfirmed', trial: true },
		clock.now(),
	);
	const sign_up_token = randomBytes(16).toString('hex');
	const grant = { scopes: [...client.scopes], administrations: [administration.id] };
	return json(
		201,
		{
			administration: shown(administration, 'administrations', undefined, state),
			company: shown(company, 'companies', undefined, state),
			user: {
				id: String((data.nextId += 1)),
				name: `${user.first_name} ${user.last_name}`,
				email_address: user.email_address,
				sign_up_token,
				sign_up_url: `https://app.paytsoftware.com/sign_up/${sign_up_token}`,
			},
			access_grant: {
				code: tokens.issueCode(grant),
				expires_in: CODE_LIFE / 1000,
				created_at: timeOf(clock.now()),
				grant_type: 'authorization_code',
			},
		},
		variants,
	);
}

export const accountHandlers: Handlers = {
	'post /v1/administrations': createAdministration,
	'post /v1/sign_up': signUp,
};
