import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { fieldSelection, recordId } from '../fields';
import { get, getAll, getAllDeleted, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a credit case',
	path: '/v1/credit_cases',
	fields: fieldSelection(
		`case_number credit_case_number currency_code administration_id debt_collection_costs
		total_amount open_amount id interest_costs debtor_id payment_plan_id active_payment_plan_id
		forwarded_to_bailiff_at latest_summons_at notice_of_default_at pre_judicial_at
		pre_summons_at paused_at deactivated_at first_summons_at summons_1_at summons_2_at
		summons_3_at summons_4_at started_at updated_at`,
		`labels public_url deeplink_url open_interest_and_collection_costs
		internal_note_email_address`,
	),
};

export const creditCase = resourceProperties('creditCase', [
	get(
		resource,
		recordId('creditCaseId'),
		'Retrieve one debt-collection case with its open amount and the summonses sent so far',
	),
	getAll(resource, 'Retrieve debt-collection cases, all or only those changed since the last run'),
	getAllDeleted(resource),
]);
