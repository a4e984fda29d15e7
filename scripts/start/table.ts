type Row = Record<string, unknown>;

export interface Column {
	title: string;
	text: (row: Row) => string;
	align?: 'right';
	/** Longest text shown, characters. */
	max?: number;
}

const GAP = '  ';

function truncate(text: string, max = Infinity): string {
	return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

/** Rows as lines of text under a heading, one line for each row. */
export function formatTable(columns: Column[], rows: Row[]): string {
	const cells = rows.map((row) =>
		columns.map(({ text, max }) => truncate(text(row).normalize('NFC'), max)),
	);
	const widths = columns.map(({ title }, index) =>
		Math.max(title.length, ...cells.map((line) => line[index].length)),
	);
	const line = (texts: string[]) =>
		texts
			.map((text, index) =>
				columns[index].align === 'right'
					? text.padStart(widths[index])
					: text.padEnd(widths[index]),
			)
			.join(GAP)
			.trimEnd();
	const rule = widths.map((width) => '─'.repeat(width));
	return [line(columns.map(({ title }) => title)), line(rule), ...cells.map(line)].join('\n');
}
