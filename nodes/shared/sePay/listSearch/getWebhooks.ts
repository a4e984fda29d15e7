import { listSearch } from '../../operations/listSearch';
import { listWebhooks } from '../webhooks';

/** The webhooks of the company, by name and address. */
export const getWebhooks = listSearch(async function () {
	const webhooks = await listWebhooks.call(this);
	return webhooks.map(({ id, name, webhook_url }) => ({
		name: `${name} (${webhook_url})`,
		value: String(id),
	}));
});
