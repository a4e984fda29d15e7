import type { Session } from './session';

const MAX_HOPS = 8;

function unescapeHtml(text: string): string {
	return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function attribute(tag: string, name: string): string {
	return unescapeHtml(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

/** What a browser sends when the user presses the first button of the page's form. */
function defaultAnswer(html: string): { action: string; fields: URLSearchParams } {
	const [form] = /<form\b[^]*<\/form>/.exec(html) ?? [];
	if (!form) throw new Error(`The sign-in ended on a page without a form:\n${html.slice(0, 500)}`);
	const fields = new URLSearchParams();
	const add = (tag: string, value: string) => fields.append(attribute(tag, 'name'), value);
	for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) add(tag, attribute(tag, 'value'));
	for (const [select] of form.matchAll(/<select\b[^]*?<\/select>/g)) {
		add(select, attribute(/<option\b[^>]*>/.exec(select)?.[0] ?? '', 'value'));
	}
	const [button] = /<button\b[^>]*>/.exec(form) ?? [];
	if (button) add(button, attribute(button, 'value'));
	return { action: attribute(form, 'action'), fields };
}

/**
 * Does what a person does in the sign-in window: follows the redirects, agrees on the consent page
 * and comes back to n8n.
 * @param address authorization address made by n8n
 * @param home where n8n is; the answer of its callback ends the walk
 * @returns what n8n's page said
 * @throws when it does not come back
 */
export async function giveConsent(
	session: Session,
	address: string,
	home: string,
): Promise<string> {
	let next: { address: string; init?: RequestInit } = { address };
	for (let hop = 0; hop < MAX_HOPS; hop++) {
		const response = await session.fetch(next.address, next.init);
		const location = response.headers.get('location');
		const text = await response.text();
		if (location) {
			next = { address: new URL(location, next.address).href };
		} else if (next.address.startsWith(`${home}/`)) {
			return visibleText(text);
		} else if (response.ok) {
			const { action, fields } = defaultAnswer(text);
			next = {
				address: new URL(action, next.address).href,
				init: { method: 'POST', body: fields },
			};
		} else {
			throw new Error(`${next.address.split('?')[0]} answered ${response.status}: ${text}`);
		}
	}
	throw new Error('The sign-in did not come back to n8n');
}

function visibleText(html: string): string {
	return html
		.replace(/<(script|style)\b[^]*?<\/\1>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}
