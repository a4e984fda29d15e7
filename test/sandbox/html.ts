import type { Answer } from './answers';

/** A text as it stands in HTML and in its attributes. */
export function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A page in a browser. */
export function page(status: number, content: string, title = 'SePay'): Answer {
	return {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: `<!doctype html>
<title>${title}</title>
${content}
`,
	};
}
