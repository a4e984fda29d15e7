import type { Answer } from './answers';

/** A text as it stands in HTML and in its attributes. */
export function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A page titled SePay. */
export function page(status: number, content: string): Answer {
	return {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: `<!doctype html>
<title>SePay</title>
${content}
`,
	};
}
